import type { Pushed } from '../src/domain/connector.js';
import { type ConnectorBench, type ConnectorCase, check, need, pullAll } from './connector-case.js';

const TITLE = 'Ask for the renewal';

async function push(bench: ConnectorBench, id?: string): Promise<Pushed> {
  const connector = await bench.open();
  const done = need(bench.done, 'done')();
  const response = id === undefined ? done : { ...done, id };
  return need(connector.push, 'push').call(connector, response, { title: TITLE });
}

export const pushCases: readonly ConnectorCase[] = [
  {
    name: 'writes what a rep did once, however often it is pushed, also at the same moment',
    needs: 'push',
    async run(bench) {
      const first = await push(bench);
      check(first.status === 'written', `it was not written: ${JSON.stringify(first)}`);
      for (const more of [await push(bench), ...(await Promise.all([push(bench), push(bench)]))]) {
        check(
          more.status === 'written' && more.again,
          `it is written as new: ${JSON.stringify(more)}`,
        );
        check(
          more.status === 'written' && first.status === 'written' && more.record === first.record,
          'it stands for two records',
        );
      }
      const other = await push(bench, `${need(bench.done, 'done')().id}/other`);
      check(
        other.status === 'written' && !other.again,
        `another response is taken for the first: ${JSON.stringify(other)}`,
      );
    },
  },
  {
    name: 'knows what it wrote when it comes back, and makes no activity of it',
    needs: 'push',
    async run(bench) {
      const before = (await pullAll(bench)).filter(({ type }) => type === 'fact').length;
      const pushed = await push(bench);
      const record = pushed.status === 'written' ? pushed.record : '';
      const { id: key } = need(bench.done, 'done')();
      const pulled = await pullAll(bench);
      check(
        pulled.some(
          (each) => each.type === 'returned' && each.key === key && each.record === record,
        ),
        `${key} does not come back as what was pushed`,
      );
      const facts = pulled.flatMap((each) => (each.type === 'fact' ? [each.fact] : []));
      check(
        !facts.some(({ id, source }) => id.includes(record) || source?.record.endsWith(record)),
        `a fact is made of ${record}, which we wrote`,
      );
      check(facts.length === before, `${facts.length} facts in place of ${before}`);
    },
  },
  {
    name: 'does not write back an opinion of a card',
    needs: 'push',
    async run(bench) {
      const connector = await bench.open();
      const done = need(bench.done, 'done')();
      const { touch: _, ...data } = done.data;
      const opinion = {
        ...done,
        id: `${done.id}/opinion`,
        data: { ...data, response: { kind: 'helpful' } as const },
      };
      const pushed = await need(connector.push, 'push').call(connector, opinion, { title: TITLE });
      check(pushed.status === 'not-written', `it was written: ${JSON.stringify(pushed)}`);
    },
  },
];
