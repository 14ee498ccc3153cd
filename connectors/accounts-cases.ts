import { stableJson } from '../src/core/stable-json.js';
import { kindOf, type RecordId } from '../src/domain/value.js';
import {
  type ConnectorBench,
  type ConnectorCase,
  check,
  collect,
  factsOf,
  need,
  pullAll,
} from './connector-case.js';

async function open(bench: ConnectorBench) {
  const connector = await bench.open();
  return { connector, accounts: need(connector.accounts, 'accounts') };
}

const accountsIn = (subjects: readonly string[]): readonly string[] =>
  subjects.filter((key) => kindOf(key) === 'account');

/** By account, its owner as the whole pull tells it. */
async function ownersOf(bench: ConnectorBench): Promise<ReadonlyMap<RecordId, RecordId>> {
  const owners = new Map<RecordId, RecordId>();
  for (const { type, about, data } of factsOf(await pullAll(bench))) {
    const [record = ''] = about;
    const { owner } = Object(data.values) as { readonly owner?: unknown };
    if (type === 'record-changed' && kindOf(record) === 'account' && typeof owner === 'string')
      owners.set(record, owner);
  }
  return owners;
}

/** Cases of reading some accounts in place of all. */
export const accountsCases: readonly ConnectorCase[] = [
  {
    name: 'finds the accounts that a rep owns, the same that a whole pull tells',
    needs: 'accounts',
    async run(bench) {
      const owners = await ownersOf(bench);
      check(owners.size > 0, 'no account tells its owner');
      const { accounts } = await open(bench);
      for (const rep of new Set(owners.values())) {
        const told = [...owners].filter(([, owner]) => owner === rep).map(([account]) => account);
        const own = await accounts.own(rep);
        check(stableJson([...own].sort()) === stableJson(told.sort()), `${rep} owns others`);
      }
    },
  },
  {
    name: 'pulls all of some accounts and nothing of others, fact by fact as a whole pull does',
    needs: 'accounts',
    async run(bench) {
      const whole = factsOf(await pullAll(bench));
      const all = [...new Set(whole.flatMap(({ subjects }) => accountsIn(subjects)))];
      const some = new Set(all.filter((_, index) => index % 3 === 0));
      check(some.size > 1 && some.size < all.length, 'the source has too few accounts');
      const { accounts } = await open(bench);
      const pulled = await collect(accounts.pull([...some]));
      const expected = whole.filter(({ subjects }) =>
        accountsIn(subjects).some((account) => some.has(account)),
      );
      const byId = (facts: typeof whole): string =>
        stableJson([...facts].sort((a, b) => (a.id < b.id ? -1 : 1)));
      check(byId(factsOf(pulled)) === byId(expected), 'the facts of some accounts differ');
      check(!pulled.some(({ type }) => type === 'position'), 'a part gives a position');
    },
  },
  {
    name: 'says which account a record belongs to, and none for what is not there',
    needs: 'accounts',
    async run(bench) {
      const { accounts } = await open(bench);
      const records = new Map<RecordId, RecordId>();
      for (const { type, about, subjects } of factsOf(await pullAll(bench)))
        if (type === 'record-changed' && about[0] !== undefined) {
          const [account] = accountsIn(subjects);
          if (account !== undefined) records.set(about[0], account);
        }
      const kinds = new Set<string>();
      for (const [record, account] of records) {
        const kind = kindOf(record);
        if (kinds.has(kind)) continue;
        kinds.add(kind);
        check((await accounts.of(record)) === account, `${record} is of ${account}`);
        const nothing = record.replace(/\d{3}(?=\D*$)/, '999');
        if (!records.has(nothing))
          check((await accounts.of(nothing)) === undefined, `${nothing} is there`);
      }
      check(kinds.has('account') && kinds.size > 1, 'the source has accounts alone');
    },
  },
  {
    name: 'begins with what belongs to no account, and tells of the rest what changes from then on',
    needs: 'accounts',
    async run(bench) {
      const whole = factsOf(await pullAll(bench));
      const { connector, accounts } = await open(bench);
      const position = await accounts.begin();
      const changesSince = need(connector.changesSince, 'changesSince');
      const first = await collect(changesSince.call(connector, position));
      const shared = whole.filter(({ subjects }) => accountsIn(subjects).length === 0);
      const told = new Set(factsOf(first).map(({ id }) => id));
      for (const { id } of shared)
        check(told.has(id), `${id} belongs to no account, and is missing`);
      const record = await need(bench.change, 'change')();
      const then = factsOf(await collect(changesSince.call(connector, position)));
      check(
        then.some(({ about }) => about[0] === record),
        `the change of ${record} is not told`,
      );
    },
  },
];
