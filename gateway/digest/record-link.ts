import { OpportuneError, type RecordId } from 'opportune';

/**
 * Where the records of a connection open, by its name: an address with `{id}` in the place of the record's own id
 * (`https://acme.lightning.force.com/{id}`), or one for each kind of record.
 */
export interface RecordLinks {
  readonly [connection: string]: string | { readonly [kind: string]: string };
}

/** The address at which a record opens; undefined where none is set, and for an id that no CRM gives. */
export type RecordLink = (record: RecordId) => string | undefined;

const HOLE = '{id}';
/** Longer than the ids of any CRM, and short enough for every mail client. */
const LONGEST_ID = 200;

/** @throws OpportuneError `opportune/bad-link` for a template that is not https, or whose hole is not in its path, query or fragment. */
export function createRecordLink(links: RecordLinks): RecordLink {
  const templates = new Map<string, string>();
  for (const [connection, given] of Object.entries(links))
    for (const [kind, template] of Object.entries(
      typeof given === 'string' ? { '*': given } : given,
    ))
      templates.set(`${connection}:${kind}`, checkTemplate(template, `${connection}, ${kind}`));
  return (record) => {
    const [, connection, kind, id] = /^([^:]+):([^:]+):(.+)$/s.exec(record) ?? [];
    if (id === undefined || !isPlainId(id)) return undefined;
    const template = templates.get(`${connection}:${kind}`) ?? templates.get(`${connection}:*`);
    return template?.replace(HOLE, () => encodeURIComponent(id).replace(/[!'()*]/g, encodeMark));
  };
}

function checkTemplate(template: string, where: string): string {
  const url = URL.canParse(template) ? new URL(template.replace(HOLE, 'id')) : undefined;
  const outside = url && `${url.pathname}${url.search}${url.hash}`;
  if (
    url?.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    template.split(HOLE).length === 2 &&
    // With the hole in the name of the host, a record could choose where its link leads.
    new URL(template.replace(HOLE, 'other')).host === url.host &&
    outside !== '/' &&
    !/[\s<>"\\]/.test(template)
  )
    return template;
  throw new OpportuneError(
    'opportune/bad-link',
    'the address of records is not one that a mail may hold',
    { where, remedy: 'Write it as https://crm.example.com/records/{id}, with {id} once' },
  );
}

/** Dots alone would climb out of the folder of the address. */
function isPlainId(id: string): boolean {
  return id.length <= LONGEST_ID && !/^\.+$/.test(id) && !/[\0-\x20\x7f]|\p{Cs}/u.test(id);
}

function encodeMark(mark: string): string {
  return `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
}
