import { stableJson } from '../src/core/stable-json.js';
import type { Pulled } from '../src/domain/connector.js';
import { type Fact, GRADES } from '../src/domain/fact.js';
import { isMoney, type JsonValue, kindOf } from '../src/domain/value.js';
import { accountsCases } from './accounts-cases.js';
import { changesCases } from './changes-cases.js';
import { type ConnectorCase, check, factsOf, pullAll } from './connector-case.js';
import { pushCases } from './push-cases.js';
import { tellingCases } from './telling-cases.js';

export type {
  AccountReading,
  Connector,
  DescribedField,
  DescribedObject,
  FieldType,
  Hint,
  Identity,
  Pulled,
  Pushed,
  PushOptions,
  Skipped,
  Tally,
} from '../src/domain/connector.js';
export type { ResponseData } from '../src/domain/response.js';
export type { RecordKind } from '../src/domain/value.js';
export type { ConnectorBench, ConnectorCase } from './connector-case.js';

const pullCases: readonly ConnectorCase[] = [
  {
    name: 'pulls records and activities, and says what it skipped',
    async run(bench) {
      const pulled = await pullAll(bench);
      const facts = factsOf(pulled);
      check(
        facts.some(({ type }) => type === 'record-changed'),
        'no record was pulled',
      );
      check(
        facts.some(({ type }) => type !== 'record-changed'),
        'no activity was pulled',
      );
      check(
        pulled.some(({ type }) => type === 'skipped'),
        'nothing was skipped, and the source holds what cannot be used',
      );
    },
  },
  {
    name: 'gives the same facts in the same order each time',
    async run(bench) {
      const [first, second] = [factsOf(await pullAll(bench)), factsOf(await pullAll(bench))];
      check(stableJson(first) === stableJson(second), 'two pulls of one source differ');
    },
  },
  {
    name: 'gives every fact an id of its own',
    async run(bench) {
      const seen = new Set<string>();
      for (const { id } of factsOf(await pullAll(bench))) {
        check(id !== '' && !seen.has(id), `the id "${id}" is empty or stands for two facts`);
        seen.add(id);
      }
    },
  },
  {
    name: 'gives facts that are well formed',
    async run(bench) {
      for (const fact of factsOf(await pullAll(bench))) checkFact(fact);
    },
  },
  {
    name: 'tells a record with values that an attribute can hold',
    async run(bench) {
      for (const fact of factsOf(await pullAll(bench)))
        if (fact.type === 'record-changed') checkRecord(fact);
    },
  },
  {
    name: 'says where and why for everything that it skips',
    async run(bench) {
      for (const pulled of await pullAll(bench))
        if (pulled.type === 'skipped') {
          const { place, reason } = pulled.skipped;
          check(
            place !== '' && reason !== '',
            `something was skipped at "${place}" because "${reason}"`,
          );
        }
    },
  },
  {
    name: 'accounts for what it read: read is used and skipped together, and every skip is told',
    async run(bench) {
      const pulled = await pullAll(bench);
      let skipped = 0;
      for (const each of pulled)
        if (each.type === 'tally') {
          const { place, read, used } = each.tally;
          check(
            read === used + each.tally.skipped,
            `${place}: ${read} read, ${used} used, ${each.tally.skipped} skipped`,
          );
          skipped += each.tally.skipped;
        }
      const told = pulled.filter(
        (each) => each.type === 'skipped' && each.skipped.part === 'row',
      ).length;
      check(told === skipped, `${skipped} rows are counted as skipped, and ${told} are told`);
      check(
        pulled.some(({ type }) => type === 'tally'),
        'nothing says how much was read',
      );
    },
  },
  {
    name: 'tells progress that only grows and ends at its total, of each unit',
    async run(bench) {
      const units = new Map<string, { readonly done: number; readonly total?: number }>();
      for (const each of await pullAll(bench)) {
        if (each.type !== 'progress') continue;
        const { done, total } = units.get(each.unit) ?? { done: 0 };
        check(each.done >= done, `progress went back from ${done} to ${each.done}`);
        check(total === undefined || each.total === total, 'the total of the progress changed');
        check(
          each.total === undefined || each.done <= each.total,
          `${each.done} of ${each.total} are done`,
        );
        units.set(each.unit, each);
      }
      for (const [unit, { done, total }] of units)
        check(total === undefined || done === total, `it ended at ${done} of ${total} ${unit}`);
    },
  },
  {
    name: 'stops with the reason of its signal',
    async run(bench) {
      const controller = new AbortController();
      const reason = new Error('stopped by the test');
      let after = 0;
      let thrown: unknown;
      try {
        for await (const _ of (await bench.open()).pull({ signal: controller.signal })) {
          if (controller.signal.aborted) after++;
          else controller.abort(reason);
        }
      } catch (error) {
        thrown = error;
      }
      check(thrown === reason, `it did not stop, and gave ${after} more values`);
    },
  },
  {
    name: 'pulls everything again after a reader left in the middle',
    async run(bench) {
      const connector = await bench.open();
      for await (const each of connector.pull()) if (each.type === 'fact') break;
      const again: Pulled[] = [];
      for await (const each of connector.pull()) again.push(each);
      const whole = factsOf(await pullAll(bench)).map(({ id }) => id);
      check(
        stableJson(factsOf(again).map(({ id }) => id)) === stableJson(whole),
        'the second pull is not whole',
      );
    },
  },
];

/**
 * What every connector must hold to. Run each case with any test runner; a case that fails rejects. One that needs a
 * capability is for the connectors that have it: skip it where `connector[needs]` is undefined.
 */
export const connectorContract: readonly ConnectorCase[] = [
  ...pullCases,
  ...changesCases,
  ...pushCases,
  ...tellingCases,
  ...accountsCases,
];

const KINDS = ['account', 'contact', 'opportunity', 'rep', 'product', 'company'];
const SUBJECTS = ['account', 'contact', 'rep', 'company'];

function checkFact(fact: Fact): void {
  const { id, type, subjects, about, occurredAt, learnedAt, grade, by, source, data } = fact;
  check(/^[a-z][a-z0-9-]*$/.test(type), `${id}: "${type}" is no type of fact`);
  check(subjects.length > 0, `${id} is in no timeline`);
  for (const subject of subjects)
    check(isId(subject, SUBJECTS), `${id}: "${subject}" has no timeline`);
  check(new Set(subjects).size === subjects.length, `${id} names a subject twice`);
  for (const record of about) check(isId(record, KINDS), `${id}: "${record}" is no record`);
  check(
    Number.isInteger(occurredAt) && Number.isInteger(learnedAt),
    `${id}: times are epoch milliseconds`,
  );
  check(learnedAt >= occurredAt, `${id} was learned before it happened`);
  check(GRADES.includes(grade), `${id}: "${grade}" is no grade`);
  check(
    by === undefined || isId(by, ['contact', 'rep']),
    `${id}: "${by}" is neither buyer nor seller`,
  );
  check(source !== undefined, `${id} has no source`);
  check(
    stableJson(JSON.parse(JSON.stringify(data))) === stableJson(data),
    `${id}: its data are not JSON`,
  );
}

function checkRecord({ id, about, subjects, data }: Fact): void {
  const [record] = about;
  check(record !== undefined, `${id} says nothing of which record`);
  if (record === undefined) return;
  const kind = kindOf(record);
  if (kind === 'account' || kind === 'rep' || kind === 'contact')
    check(subjects.includes(record), `${id}: ${record} is not in its own timeline`);
  if (kind === 'opportunity' || kind === 'contact')
    check(
      subjects.some((subject) => kindOf(subject) === 'account'),
      `${id}: ${record} names no account`,
    );
  const { values } = data;
  check(
    typeof values === 'object' && values !== null && !Array.isArray(values),
    `${id} has no values`,
  );
  for (const [name, value] of Object.entries(values ?? {}))
    check(
      isAttributeValue(value),
      `${id}: an attribute cannot hold ${name} = ${JSON.stringify(value)}`,
    );
}

function isAttributeValue(value: JsonValue): boolean {
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value)) ||
    (Array.isArray(value) && value.every((item) => typeof item === 'string')) ||
    (isMoney(value) && Number.isSafeInteger(value.amountMinor) && /^[A-Z]{3}$/.test(value.currency))
  );
}

function isId(id: string, kinds: readonly string[]): boolean {
  return /^[^:]+:[^:]+:./s.test(id) && kinds.includes(kindOf(id));
}
