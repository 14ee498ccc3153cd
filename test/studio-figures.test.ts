import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSubject } from '../src/create-subject.js';
import type { Fact } from '../src/domain/fact.js';
import { allFigures, contentFigures, gatherTold, playFigures } from '../src/studio/figures.js';
import { findLying } from '../src/studio/what-lies.js';
import { playbook } from './studio-crm.js';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 21, 9);

describe('what people did with cards', () => {
  const account = 'demo:account:1';
  const fact = (id: string, type: string, at: number, more: Partial<Fact>): Fact => ({
    id,
    type,
    subjects: [account],
    about: [],
    occurredAt: at,
    learnedAt: at,
    grade: 'observed',
    data: {},
    ...more,
  });
  const cards = Array.from({ length: 25 }, (_, i) => `silent-buyer|demo:opportunity:${i}|5`);
  const at = (day: number) => NOW - 60 * DAY + day * DAY;
  const some: readonly Fact[] = [
    ...cards.map((opening, i) =>
      fact(`seen/${i}`, 'seen', at(0), { subjects: [`demo:account:${i}`], data: { opening } }),
    ),
    fact('seen/again', 'seen', at(1), { data: { opening: cards[0] as string } }),
    ...[0, 1, 2].map((i) =>
      fact(`response/r${i}`, 'response', at(1), {
        data: { play: 'silent-buyer', opening: cards[i] as string, response: { kind: 'done' } },
      }),
    ),
    fact('response/r0/undo/u', 'response', at(2), {
      data: {
        play: 'silent-buyer',
        opening: cards[0] as string,
        response: { kind: 'undo', of: 'r0' },
      },
    }),
    fact('response/n', 'response', at(2), {
      data: {
        play: 'silent-buyer',
        opening: cards[3] as string,
        response: { kind: 'not-relevant', reason: 'wrongPerson' },
      },
    }),
    fact('act', 'email-received', at(5), {
      subjects: ['demo:account:4'],
      grade: 'buyer-verified',
      by: 'demo:contact:9',
    }),
    fact('late', 'email-received', at(20), {
      subjects: ['demo:account:5'],
      grade: 'buyer-verified',
      by: 'demo:contact:9',
    }),
  ];
  const figuresOf = (told: readonly Fact[]) =>
    playFigures(gatherTold(told), NOW).get('silent-buyer');
  const own = figuresOf(some) ?? assert.fail();

  it('counts each card once, and no answer that was taken back', () => {
    assert.equal(own.seen, 25);
    assert.deepEqual(own.answers, { done: 2, 'not-relevant': 1, 'not-relevant/wrongPerson': 1 });
    assert.equal(own.done?.count, 2);
  });

  it('counts an act of the buyer for fourteen days, with its interval', () => {
    assert.equal(own.buyerActed?.count, 1);
    assert.equal(own.buyerActed?.of, 25);
    // Wilson's interval for 1 of 25.
    assert.ok(Math.abs((own.buyerActed?.low ?? 0) - 0.0071) < 0.0002);
    assert.ok(Math.abs((own.buyerActed?.high ?? 0) - 0.1954) < 0.0005);
  });

  it('gives no share of fewer than twenty', () => {
    assert.equal(own.helpful, undefined);
    assert.equal(figuresOf(some.slice(0, 19))?.done, undefined);
  });

  describe('with the content that they brought', () => {
    const [MAYA, TOM] = ['demo:rep:maya', 'demo:rep:tom'];
    const seen = (i: number, day: number, contents: readonly string[], by = MAYA): Fact =>
      fact(`seen/${i}/${day}/${by}`, 'seen', at(day), {
        ...{ by, subjects: [`demo:account:${i}`] },
        data: { opening: cards[i] as string, contents },
      });
    const answer = (i: number, day: number, kind: string, by = MAYA): Fact =>
      fact(`response/${kind}${i}${by}`, 'response', at(day), {
        by,
        data: { play: 'silent-buyer', opening: cards[i] as string, response: { kind } },
      });
    // The study stands on all cards but the last, and is replaced on the first by the guide.
    const brought = cards.map((_, i) => seen(i, 0, i === 24 ? [] : ['study']));
    const told = [
      ...brought,
      seen(0, 2, ['guide']),
      seen(0, 3, ['study'], TOM),
      answer(0, 4, 'done'),
      answer(1, 4, 'done'),
      answer(24, 4, 'done'),
      answer(0, 5, 'helpful', TOM),
      ...some.filter(({ id }) => id === 'act'),
    ];
    const byContent = contentFigures(gatherTold(told), NOW);
    const study = byContent.get('study') ?? assert.fail();

    it('counts a content by the cards that brought it when they were seen', () => {
      assert.equal(study.seen, 24);
      assert.equal(byContent.get('guide')?.seen, 1);
      assert.equal(study.buyerActed?.count, 1);
      assert.equal(study.buyerActed?.of, 24);
    });

    it('counts an answer for what its own author had before the eyes last', () => {
      assert.equal(study.done?.count, 1);
      assert.deepEqual(study.answers, { done: 1, helpful: 1 });
      assert.deepEqual(byContent.get('guide')?.answers, { done: 1 });
      assert.equal(study.helpful, undefined);
      assert.equal(byContent.get('guide')?.done, undefined);
    });

    it('takes nothing from facts that name no content, and whatever a hostile one says', () => {
      assert.equal(contentFigures(gatherTold(some), NOW).size, 0);
      const odd = fact('seen/odd', 'seen', at(0), { data: { opening: 7, contents: { a: 1 } } });
      assert.equal(contentFigures(gatherTold([odd]), NOW).size, 0);
    });

    it('says what most found useless or set aside, and what nobody has seen, and not by chance', () => {
      const lies = (facts: readonly Fact[], brought: ReadonlyMap<string, number> = new Map()) => {
        const accounts = [{ subject: createSubject(account), cards: [], brought }];
        const tried = { ...{ playbook, accounts, openings: [] }, from: at(0), until: NOW };
        return findLying(tried, [], allFigures(gatherTold(facts), tried)).filter(({ because }) =>
          ['never-seen', 'set-aside', 'unhelpful'].includes(because.kind),
        );
      };
      const [first, second] = playbook.contents.map(({ id }) => id) as [string, string];
      const named = brought.map((one, i) => ({
        ...one,
        data: { ...one.data, contents: i < 24 ? [first] : [] },
      }));
      const not = (count: number) =>
        Array.from({ length: count }, (_, i) => answer(i, 4, 'not-helpful'));
      const of = (facts: readonly Fact[], brings?: Map<string, number>) =>
        lies(facts, brings).map(({ is, id, because }) => `${is} ${id} ${because.kind}`);
      assert.deepEqual(of([...named, ...not(4)]), []);
      assert.deepEqual(of([...named, ...not(5)]).sort(), [
        `content ${first} unhelpful`,
        'play silent-buyer unhelpful',
      ]);
      assert.deepEqual(
        of(
          named,
          new Map([
            [first, 30],
            [second, 30],
          ]),
        ),
        [`content ${second} never-seen`],
      );
      assert.deepEqual(of(named, new Map([[second, 19]])), []);
      assert.deepEqual(of(named.slice(0, 19), new Map([[second, 30]])), []);
      const aside = (count: number) =>
        cards.slice(0, count).map((_, i) => answer(i, 4, 'not-relevant'));
      assert.deepEqual(of([...named, ...aside(15)]), []);
      assert.deepEqual(of([...named, ...aside(20)]).sort(), [
        `content ${first} set-aside`,
        'play silent-buyer set-aside',
      ]);
    });
  });
});
