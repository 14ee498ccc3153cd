import { ANA, NOW } from '../serve/test-gateway.js';

const MOMENT = new Date(NOW).toISOString();
export const SQL = "x'); drop table opportune.facts; select pg_sleep(9); --";
export const EVIL = 'https://evil.example';

export interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: { readonly [name: string]: unknown };
}

const answerTo = (record: string, id: string): object => ({
  id,
  play: 'silent-buyer',
  record,
  account: record,
  opening: 'silent-buyer|x',
  occurredAt: MOMENT,
  response: { kind: 'done' },
});
export const tipOn = (account: string, id: string): object => ({
  id,
  account,
  text: 'a tip',
  attributes: {},
  signed: false,
  occurredAt: MOMENT,
});

/** Everything that a rep can ask of a record, by each of its fields. */
export const asksOf = (record: string, tag = ''): readonly Asked[] => [
  { method: 'POST', path: '/v1/decide', body: { record } },
  { method: 'POST', path: '/v1/decide', body: { record, verdicts: 'all' } },
  { method: 'POST', path: '/v1/why', body: { play: 'silent-buyer', record } },
  { method: 'GET', path: `/v1/history?record=${encodeURIComponent(record)}` },
  { method: 'POST', path: '/v1/responses', body: { ...answerTo(record, `r${record}${tag}`) } },
  {
    method: 'POST',
    path: '/v1/responses',
    body: { ...answerTo('crm:account:none', `q${record}${tag}`), account: record },
  },
  {
    method: 'POST',
    path: '/v1/responses',
    body: { ...answerTo(record, `p${record}${tag}`), account: 'crm:account:none' },
  },
  {
    method: 'POST',
    path: '/v1/seen',
    body: { id: `s${record}${tag}`, account: record, opening: 'x' },
  },
  { method: 'POST', path: '/v1/tips', body: { ...tipOn(record, `t${record}${tag}`) } },
];

/** Origins, forms and cookies with which a page of somebody else could act for who looks at it. */
export const FROM_PAGES: readonly {
  readonly title: string;
  readonly who: string;
  readonly headers: { readonly [name: string]: string };
  readonly status: number;
}[] = [
  { title: 'a fetch from another page', who: ANA, headers: { origin: EVIL }, status: 403 },
  { title: 'a page without an origin', who: ANA, headers: { origin: 'null' }, status: 403 },
  {
    title: 'a page whose name begins like one of ours',
    who: ANA,
    headers: { origin: 'https://acme.lightning.force.com.evil.example' },
    status: 403,
  },
  {
    title: 'one of our pages without its encryption',
    who: ANA,
    headers: { origin: 'http://acme.lightning.force.com' },
    status: 403,
  },
  {
    title: 'a form of another page',
    who: '',
    headers: { origin: EVIL, 'content-type': 'application/x-www-form-urlencoded' },
    status: 403,
  },
  {
    title: 'text that is JSON, which needs no preflight',
    who: ANA,
    headers: { 'content-type': 'text/plain' },
    status: 415,
  },
  {
    title: 'a form that is JSON',
    who: ANA,
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    status: 415,
  },
  {
    title: 'a credential in a cookie',
    who: '',
    headers: { cookie: `authorization=Development ${ANA}; token=x; session=x` },
    status: 401,
  },
];

/** The value with each of its texts replaced, one at a time. */
export function* withEachText(value: unknown, text: string): Generator<unknown> {
  if (typeof value === 'string') {
    yield text;
    yield `${value}${text}`;
  } else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value))
      for (const other of withEachText(one, text))
        yield Array.isArray(value)
          ? value.map((was: unknown, i) => (i === Number(key) ? other : was))
          : { ...value, [key]: other };
}
