import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COMPANY, createAgent, type Fact, type Playbook } from 'opportune';
import { compilePlaybook, formatProblem } from 'opportune/plan';
import { createMemoryStore } from 'opportune/stores/memory';
import { createRandom } from '../../src/core/random.js';
import { rateContents } from '../../src/learn/rate-contents.js';
import { createLearnBook, toLearnedFact } from '../../src/learn-book.js';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 20, 9);
const ACCOUNT = 'crm:account:1';
const REP = 'crm:rep:ana';
const OPENING = `show|${ACCOUNT}|opened`;

function playbookWith(ids: readonly string[]): Playbook {
  const { playbook, problems } = compilePlaybook(
    [
      {
        path: 'playbook.yaml',
        text: 'name: Halden\ncurrency: EUR\nzone: UTC\nlearning: { success: [replied] }\ncontactPolicy: { limits: [{ touches: 3, days: 7 }], touches: { call-made: call } }\ngoals: [{ id: revenue, label: Revenue, weight: 1, scale: 10000, unit: money }]\nreasons: [{ id: notNow, label: Not now, scope: rep }]\n',
      },
      {
        path: 'attributes.yaml',
        text: 'attributes: [{ id: name, label: Name, type: text, of: account }]\n',
      },
      {
        path: 'plays/show.yaml',
        text: 'id: show\nabout: account\ntitle: Show it\nwhy: They ask\ntrigger: { opened: true }\naction: { kind: prepare, minutes: 5 }\nfor: owner\nserves: { revenue: { value: 2000 } }\ncontent: { topic: [cfo] }\nowner: ana@halden.example\n',
      },
      ...ids.map((id) => ({
        path: `content/${id}.md`,
        text: `---\nid: ${id}\ntitle: ${id}\nkind: note\nattributes: { topic: [cfo] }\nowner: ana@halden.example\n---\nPayback in seven months.\n`,
      })),
    ],
    { today: '2026-11-20' },
  );
  const errors = problems.filter(({ severity }) => severity === 'error');
  assert.deepEqual(errors.map(formatProblem), []);
  return playbook as Playbook;
}

let ids = 0;
const fact = (type: string, at: number, data: Fact['data']): Fact => ({
  ...{ id: `f${++ids}`, type, subjects: [ACCOUNT], about: [ACCOUNT], by: REP, data },
  ...{ occurredAt: at, learnedAt: at, grade: 'observed' },
});
/** A card that brought this was seen, and a rep said whether it helped. */
const said = (contents: readonly string[], helpful: boolean, at: number): readonly Fact[] => [
  fact('seen', at, { opening: OPENING, contents: [...contents] }),
  fact('response', at + 1, {
    ...{ play: 'show', record: ACCOUNT, opening: OPENING },
    response: { kind: helpful ? 'helpful' : 'not-helpful' },
  }),
];

/** What the card brings, in its order, after reps have said all this. */
async function orderAfter(playbook: Playbook, told: readonly Fact[]): Promise<readonly string[]> {
  const agent = await createAgent({ store: createMemoryStore(), clock: { now: () => NOW } });
  const values = { name: 'Acme', owner: REP };
  const account = fact('record-changed', NOW - 90 * DAY, { values });
  await agent.record([{ ...account, about: [ACCOUNT] }], { history: true });
  await agent.publish(playbook);
  const { learning } = playbook;
  assert.ok(learning);
  const book = createLearnBook(playbook, learning, NOW);
  book.add(ACCOUNT, told);
  await agent.record([toLearnedFact(book.finish().parameters, NOW, COMPANY)]);
  const { shown } = await agent.decide(ACCOUNT, REP);
  return (shown[0]?.contents ?? []).map(({ id }) => id);
}

describe('content that fits as well', () => {
  const playbook = playbookWith(['a', 'b', 'c']);

  it('stands in the order of ids as long as nobody has said whether it helps', async () => {
    assert.deepEqual(await orderAfter(playbook, []), ['a', 'b', 'c']);
  });

  it('comes last when reps say that it does not help, and what was never judged comes first', async () => {
    const told = [
      ...[1, 2, 3, 4].flatMap((day) => said(['a'], false, NOW - day * DAY)),
      ...[1, 2, 3, 4].flatMap((day) => said(['b'], day > 1, NOW - day * DAY + 1000)),
    ];
    assert.deepEqual(await orderAfter(playbook, told), ['c', 'b', 'a']);
  });

  it('is not what somebody took back, and what the card did not bring has nothing of it', async () => {
    const told = said(['b'], false, NOW - DAY);
    const undo = fact('response', NOW - DAY + 2, {
      ...{ play: 'show', record: ACCOUNT, opening: OPENING },
      response: { kind: 'undo', of: (told[1] as Fact).id.replace('response/', '') },
    });
    const taken = [told[0] as Fact, { ...(told[1] as Fact), id: `response/${told[1]?.id}` }, undo];
    assert.deepEqual(await orderAfter(playbook, told), ['a', 'c', 'b']);
    assert.deepEqual(await orderAfter(playbook, taken), ['a', 'b', 'c']);
  });

  it('makes no card worth more: the priority is the same whatever was said of it', async () => {
    const { propensity } = createLearnBookOf(said(['a'], true, NOW - DAY));
    assert.deepEqual(propensity, createLearnBookOf([]).propensity);
  });

  function createLearnBookOf(told: readonly Fact[]) {
    assert.ok(playbook.learning);
    const book = createLearnBook(playbook, playbook.learning, NOW);
    book.add(ACCOUNT, told);
    return book.finish().parameters;
  }
});

describe('the content that helps most', () => {
  it('is nearly always first after 400 opinions on eight of which each got its turn', () => {
    const contents = Array.from({ length: 8 }, (_, i) => `c${i}`);
    const playbook = playbookWith(contents);
    assert.ok(playbook.learning);
    let found = 0;
    for (let world = 0; world < 25; world++) {
      const random = createRandom(`content ${world}`);
      const helps = contents.map((_, i) => (i === world % 8 ? 0.85 : 0.2 + 0.4 * random()));
      const told: Fact[] = [];
      const order = (): readonly string[] => {
        assert.ok(playbook.learning);
        const book = createLearnBook(playbook, playbook.learning, NOW);
        book.add(ACCOUNT, told);
        const { contents: rated } = book.finish().parameters;
        return [...contents].sort(
          (a, b) => (rated?.[b]?.high ?? 1) - (rated?.[a]?.high ?? 1) || (a < b ? -1 : 1),
        );
      };
      for (let day = 40; day > 0; day--) {
        const [first = ''] = order();
        for (let i = 0; i < 10; i++) {
          const at = NOW - day * DAY + i * 10;
          told.push(...said([first], random() < (helps[contents.indexOf(first)] as number), at));
        }
      }
      for (const content of contents)
        assert.ok(
          told.some(({ data }) => String(data.contents) === content),
          content,
        );
      if (order()[0] === `c${world % 8}`) found++;
    }
    assert.ok(found >= 23, `${found} of 25`);
  });
});

it('forgets what was said of a content so long ago that it weighs nothing', () => {
  const long = { content: 'old', at: NOW - 3_000 * DAY, helpful: true };
  const lately = { content: 'new', at: NOW - DAY, helpful: true };
  const rates = rateContents([long, lately], { now: NOW, halfLifeMs: DAY });
  assert.deepEqual(Object.keys(rates), ['new']);
});
