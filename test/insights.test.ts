import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compilePlaybook } from 'opportune/plan';
import { tellsOfFew } from '../src/insights/cut.js';
import { draftChanges } from '../src/insights/draft-changes.js';
import { familyOf, type Look, levelOf, withLook } from '../src/insights/looks.js';
import type { Question } from '../src/insights/question.js';
import { filesOf, openWorkbench } from '../src/studio/workbench.js';
import { TOLD_PLAYBOOK } from './told-deals.js';

const wins = (region?: string): Question => ({
  topic: 'patterns',
  outcome: { attribute: 'opportunity.stage', won: ['Won'], lost: ['Lost'] },
  firstDays: 0,
  ...(region !== undefined && { cut: { where: [{ attribute: 'account.region', value: region }] } }),
});

describe('looks at recorded facts', () => {
  it('have levels that sum to 5 % at the most, however often somebody looks', () => {
    let looks: readonly Look[] = [];
    let sum = 0;
    let before = 1;
    for (let look = 1; look <= 300; look++) {
      const question = wins(String(look));
      const level = levelOf(question, '2026-Q4', looks);
      assert.equal(level.look, look);
      assert.ok(level.alpha < before, `look ${look} asks for more than the one before`);
      before = level.alpha;
      sum += level.alpha;
      looks = withLook(question, '2026-Q4', looks);
    }
    assert.ok(sum > 0.0499 && sum <= 0.05, String(sum));
  });

  it('at what was seen before are no further ones, and begin anew with the quarter', () => {
    const looks = withLook(wins('west'), '2026-Q4', withLook(wins(), '2026-Q4', []));
    assert.equal(levelOf(wins(), '2026-Q4', looks).look, 1);
    assert.equal(withLook(wins(), '2026-Q4', looks), looks);
    assert.equal(levelOf(wins('east'), '2026-Q4', looks).look, 3);
    assert.equal(levelOf(wins('east'), '2027-Q1', looks).look, 1);
    assert.equal(familyOf('2026-12-31'), '2026-Q4');
  });

  it('at estimates, which search for nothing, cost nothing', () => {
    const looks = withLook({ topic: 'retention' }, '2026-Q4', []);
    assert.equal(levelOf(wins(), '2026-Q4', looks).look, 1);
  });
});

describe('a draft of a finding', () => {
  const files = Object.entries(TOLD_PLAYBOOK).map(([path, text]) => ({ path, text }));

  it('is what the studio opens as not published: the play, the attribute it counts by, and nothing else', () => {
    const changes = draftChanges({
      kind: 'draft',
      title: 'A draft play that would test it',
      path: 'plays/found-call.yaml',
      text: 'id: found-call\nabout: opportunity\ntitle: Call\nwhy: Calls go along with winning.\ntrigger: { becomes: { callMadeCount: { lt: 1 } } }\naction: { kind: call, minutes: 15 }\nfor: owner\nserves: { revenue: { value: 10 } }\nexpires: 30 days\nowner: to be named\n',
      attributes:
        '- id: callMadeCount\n  label: Calls made\n  type: number\n  of: opportunity\n  derive:\n    count:\n      types: [call-made]\n',
    });
    const written = filesOf(openWorkbench(files, changes));
    const touched = written.filter(({ path, text }) => {
      const before = files.find((one) => one.path === path);
      return before?.text !== text;
    });
    assert.deepEqual(touched.map(({ path }) => path).sort(), [
      'attributes.yaml',
      'plays/found-call.yaml',
    ]);
    const { problems, playbook } = compilePlaybook(written, { today: '2026-11-20' });
    assert.deepEqual(
      problems.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.equal(playbook?.plays[0]?.id, 'found-call');
  });
});

describe('a cut', () => {
  // Ten sellers with two deals each.
  const sellers = Array.from({ length: 20 }, (_, row) => `rep ${row >> 1}`);
  const rows = (...people: readonly number[]): Uint8Array =>
    Uint8Array.from(sellers, (one) => Number(people.includes(Number(one.slice(4)))));

  it('of five of ten sellers may be told of, of four not', () => {
    assert.equal(tellsOfFew(sellers, rows(0, 1, 2, 3, 4), []), false);
    assert.equal(tellsOfFew(sellers, rows(0, 1, 2, 3), []), true);
  });

  it('that leaves four of the others may not, as they could be taken out of the whole', () => {
    assert.equal(tellsOfFew(sellers, rows(0, 1, 2, 3, 4, 5), []), true);
  });

  it('that differs by fewer than five sellers from one that was shown may not', () => {
    const twenty = Array.from({ length: 20 }, (_, n) => `rep ${n}`);
    const cut = (from: number, to: number): Uint8Array =>
      Uint8Array.from(twenty, (_, n) => Number(n >= from && n < to));
    assert.equal(tellsOfFew(twenty, cut(0, 8), []), false);
    assert.equal(tellsOfFew(twenty, cut(0, 8), [cut(0, 10)]), true);
    assert.equal(tellsOfFew(twenty, cut(0, 8), [cut(0, 14)]), false);
  });

  it('where nobody is told is of nobody', () => {
    assert.equal(tellsOfFew(undefined, rows(0), []), false);
  });
});
