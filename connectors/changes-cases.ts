import type { Pulled } from '../src/domain/connector.js';
import {
  type ConnectorBench,
  type ConnectorCase,
  check,
  collect,
  factsOf,
  need,
  positionOf,
  pullAll,
} from './connector-case.js';

async function changesSince(bench: ConnectorBench, position: string): Promise<readonly Pulled[]> {
  const connector = await bench.open();
  return collect(need(connector.changesSince, 'changesSince').call(connector, position));
}

/** After so many times the reader stays to the end. */
const MOST_LEFT = 25;

const idsOf = (pulled: readonly Pulled[]): ReadonlySet<string> =>
  new Set(factsOf(pulled).map(({ id }) => id));

const fails = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error ?? new Error('it failed with nothing'),
  );

export const changesCases: readonly ConnectorCase[] = [
  {
    name: 'tells nothing new where nothing changed since the pull',
    needs: 'changesSince',
    async run(bench) {
      const pulled = await pullAll(bench);
      const known = idsOf(pulled);
      const changes = await changesSince(bench, positionOf(pulled));
      for (const id of idsOf(changes)) check(known.has(id), `${id} is told as new`);
      positionOf(changes);
    },
  },
  {
    name: 'tells a changed record once more, under an id of its own, and then no more',
    needs: 'changesSince',
    async run(bench) {
      const pulled = await pullAll(bench);
      const known = idsOf(pulled);
      const record = await need(bench.change, 'change')();
      const changes = await changesSince(bench, positionOf(pulled));
      const told = factsOf(changes).filter(({ id }) => !known.has(id));
      check(
        told.some(({ type, about }) => type === 'record-changed' && about[0] === record),
        `the change of ${record} is not told`,
      );
      check(
        told.every(({ about }) => about.includes(record)),
        'records are told that did not change',
      );
      const all = new Set([...known, ...idsOf(changes)]);
      const later = idsOf(await changesSince(bench, positionOf(changes)));
      for (const id of later) check(all.has(id), `${id} is told as new`);
    },
  },
  {
    name: 'tells that a record is gone, in the timelines that knew it',
    needs: 'changesSince',
    async run(bench) {
      const pulled = await pullAll(bench);
      const record = await need(bench.remove, 'remove')();
      const before = factsOf(pulled).findLast(({ about }) => about[0] === record);
      const gone = factsOf(await changesSince(bench, positionOf(pulled))).find(
        ({ type, about }) => type === 'record-deleted' && about[0] === record,
      );
      check(gone !== undefined, `${record} is gone, and that is not told`);
      for (const subject of before?.subjects ?? [])
        check(gone?.subjects.includes(subject) === true, `${subject} does not learn of it`);
    },
  },
  {
    name: 'misses nothing when a reader leaves in the middle and goes on from the last position it was given',
    needs: 'changesSince',
    async run(bench) {
      const whole = idsOf(await pullAll(bench));
      const met = new Set<string>();
      let unsure: string[] = [];
      let position: string | undefined;
      let rounds = 0;
      for (let left = true; left; rounds++) {
        left = false;
        unsure = [];
        const connector = await bench.open();
        const items: AsyncIterable<Pulled> =
          position === undefined
            ? connector.pull()
            : need(connector.changesSince, 'changesSince').call(connector, position);
        let positions = 0;
        for await (const each of items) {
          if (each.type === 'fact') unsure.push(each.fact.id);
          if (each.type !== 'position') continue;
          for (const id of unsure) met.add(id);
          unsure = [];
          // The first position may be the one that it began with.
          const moved: boolean = each.position !== position;
          position = each.position;
          if (moved && ++positions === 2 && rounds < MOST_LEFT) {
            left = true;
            break;
          }
        }
      }
      check(unsure.length === 0, `${unsure.length} facts came after the last position`);
      for (const id of whole) check(met.has(id), `${id} was missed over ${rounds} rounds`);
      for (const id of met) check(whole.has(id), `${id} is in no whole pull`);
    },
  },
  {
    name: 'refuses a position that is none of its own',
    needs: 'changesSince',
    async run(bench) {
      for (const position of ['', 'yesterday', '{"v":1}', `${'x'.repeat(5_000)}`]) {
        const error = await fails(changesSince(bench, position));
        check(
          error instanceof Error && 'code' in error && error.code === 'opportune/position',
          `the position "${position.slice(0, 20)}" is taken, or refused as ${String(error)}`,
        );
      }
    },
  },
  {
    name: 'stops telling changes with the reason of its signal',
    needs: 'changesSince',
    async run(bench) {
      const position = positionOf(await pullAll(bench));
      const reason = new Error('stopped by the test');
      const connector = await bench.open();
      const signal = AbortSignal.abort(reason);
      const error = await fails(
        collect(need(connector.changesSince, 'changesSince').call(connector, position, { signal })),
      );
      check(error === reason, `it ended with ${String(error)}`);
    },
  },
  {
    name: 'hints that something changed, and ends with its signal',
    needs: 'watch',
    async run(bench) {
      const connector = await bench.open();
      const controller = new AbortController();
      const hints = need(connector.watch, 'watch').call(connector, { signal: controller.signal });
      const next = hints[Symbol.asyncIterator]();
      const first = next.next();
      await need(bench.change, 'change')();
      check((await first).done !== true, 'it ended by itself');
      const reason = new Error('stopped by the test');
      const rest = fails(
        (async () => {
          for (let end = false; !end; ) end = (await next.next()).done === true;
        })(),
      );
      controller.abort(reason);
      const error = await rest;
      check(error === reason, `it ended with ${String(error)}`);
    },
  },
];
