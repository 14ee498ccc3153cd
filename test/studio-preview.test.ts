import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDemoWorld } from '../examples/crm/data/world.js';
import { runThrough } from '../src/core/run-sliced.js';
import type { Subject } from '../src/domain/subject.js';
import { compilePlaybook, createCompiler } from '../src/plan/compile-playbook.js';
import { type Cast, gatherCast, type Preview, previewConditions } from '../src/preview.js';
import { replayAccount } from '../src/replay.js';
import { prepareReplay } from '../src/replay-journey.js';
import { askedConditions } from '../src/studio/asked-conditions.js';
import { addAlternative, alsoValue, groupEntry } from '../src/studio/group-entry.js';
import type { PlayData } from '../src/studio/play-data.js';
import { files, playIn } from './studio-crm.js';

const TODAY = '2026-11-21';
const compile = createCompiler({ today: TODAY });
const world = createDemoWorld(7);
const DEALS = { about: 'opportunity' } as const;
const playbookOf = (play: PlayData) =>
  askedConditions(files, play, compile).playbook ?? assert.fail();
const cast: Cast = runThrough(gatherCast(world.facts, playbookOf({}), world.now));
function preview(play: PlayData): { readonly paths: readonly string[] } & Preview {
  const { asked, playbook } = askedConditions(files, play, compile);
  return {
    paths: asked.map(({ path }) => path.join('.')),
    ...previewConditions(cast, playbook ?? assert.fail(), DEALS, asked),
  };
}

/** Values as they are held, by a walk of its own. */
const deals = () =>
  cast.accounts.flatMap((account: Subject) =>
    Object.values(account.records)
      .filter(({ kind, deleted }) => kind === 'opportunity' && !deleted)
      .map((deal) => ({
        id: deal.id,
        stage: deal.values.stage?.value,
        open: deal.values.open?.value,
        amount: deal.values.amount?.value,
        industry: account.records[account.key]?.values.industry?.value,
      })),
  );

describe('a preview', () => {
  it('counts what each condition leaves, as a count by hand does', () => {
    const found = preview({
      about: 'opportunity',
      trigger: { becomes: { open: true, stage: 'Proposal' } },
      applicability: { amount: { gte: 40_000 } },
    });
    const open = deals().filter((deal) => deal.open === true);
    const proposed = open.filter(({ stage }) => stage === 'Proposal');
    const large = proposed.filter(({ amount }) => Number(amount) >= 4_000_000);
    assert.equal(found.of, deals().length);
    assert.deepEqual(found.counts, [
      { from: deals().length, meet: open.length },
      { from: open.length, meet: proposed.length },
      { from: proposed.length, meet: large.length },
    ]);
    assert.deepEqual(
      found.would.map(({ record }) => record).sort(),
      large.map(({ id }) => id).sort(),
    );
    assert.ok(large.length > 0);
  });

  it('counts the parts of a group among those that came to it', () => {
    const found = preview({
      about: 'opportunity',
      applicability: { open: true, any: [{ stage: 'Proposal' }, { stage: 'Evaluation' }] },
    });
    const open = deals().filter((deal) => deal.open === true);
    const at = (stage: string): number => open.filter((deal) => deal.stage === stage).length;
    assert.deepEqual(found.paths, [
      'applicability.open',
      'applicability.any',
      'applicability.any.0.stage',
      'applicability.any.1.stage',
    ]);
    assert.deepEqual(found.counts.slice(1), [
      { from: open.length, meet: at('Proposal') + at('Evaluation') },
      { from: open.length, meet: at('Proposal') },
      { from: open.length, meet: at('Evaluation') },
    ]);
  });

  it('tells who misses it by one condition, and which', () => {
    const found = preview({
      about: 'opportunity',
      applicability: { open: true, stage: 'Proposal', amount: { gte: 40_000 } },
    });
    const close = deals().filter(
      ({ open, stage, amount }) =>
        Number(open !== true) +
          Number(stage !== 'Proposal') +
          Number(!(Number(amount) >= 4_000_000)) ===
        1,
    );
    assert.deepEqual(
      found.nearly.map(({ record }) => record).sort(),
      close.map(({ id }) => id).sort(),
    );
    const { explanation } = found.nearly.find(({ but }) => but === 1) ?? assert.fail();
    assert.match(JSON.stringify(explanation.condition), /"attribute":"opportunity.stage"/);
  });

  it('opens on the same records as a replay does at that moment', () => {
    const play = playIn('business-case');
    const { playbook } = compilePlaybook(files, { today: TODAY });
    const own = playbook?.plays.find(({ id }) => id === 'business-case') ?? assert.fail();
    const alone = { ...(playbook ?? assert.fail()), plays: [own], version: 'alone' };
    const rehearsal = prepareReplay(alone);
    const some = cast.accounts.slice(0, 100);
    const opened = some.flatMap(({ key }) =>
      replayAccount(
        key,
        world.facts.filter(({ subjects }) => subjects.includes(key)),
        rehearsal,
        { from: world.now, until: world.now },
      ).map(({ record }) => record),
    );
    const { trigger, about } = play;
    const found = preview({ about: about ?? null, trigger: trigger ?? null });
    const would = found.would.filter(({ account }) => some.some(({ key }) => key === account));
    assert.deepEqual(would.map(({ record }) => record).sort(), opened.sort());
    assert.ok(opened.length > 3);
  });

  it('leaves out conditions that are open or wrong, and counts the others', () => {
    const found = preview({
      about: 'opportunity',
      trigger: { becomes: { open: true, stage: null, nothingLikeIt: 3 } },
      suitability: { not: { stage: 'Discovery' } },
    });
    assert.deepEqual(found.paths, [
      'trigger.becomes.open',
      'suitability.not',
      'suitability.not.stage',
    ]);
  });

  it('has no count where the attributes themselves have errors', () => {
    const broken = files.map((file) =>
      file.path === 'attributes.yaml' ? { ...file, text: 'attributes: [' } : file,
    );
    assert.deepEqual(askedConditions(broken, { about: 'account' }, compile), { asked: [] });
  });
});

describe('grouping a condition', () => {
  const play: PlayData = { about: 'opportunity', applicability: { stage: 'Proposal', open: true } };

  it('gives it an alternative where it stands', () => {
    assert.deepEqual(groupEntry(play, ['applicability', 'stage'], 'any').applicability, {
      any: [{ stage: 'Proposal' }, null],
      open: true,
    });
  });

  it('puts a second group beside the first', () => {
    const once = groupEntry(play, ['applicability', 'stage'], 'not');
    const twice = groupEntry(once, ['applicability', 'open'], 'not');
    assert.deepEqual(twice.applicability, {
      not: { stage: 'Proposal' },
      all: [{ not: { open: true } }],
    });
  });

  it('adds alternatives and further values, each once', () => {
    const grouped = groupEntry(play, ['applicability', 'stage'], 'any');
    assert.deepEqual(addAlternative(grouped, ['applicability', 'any']).applicability, {
      any: [{ stage: 'Proposal' }, null, null],
      open: true,
    });
    const two = alsoValue(play, ['applicability', 'stage'], 'Evaluation');
    assert.deepEqual(two.applicability, { stage: ['Proposal', 'Evaluation'], open: true });
    assert.equal(alsoValue(two, ['applicability', 'stage', 1], 'Proposal'), two);
    assert.equal(groupEntry(play, ['applicability', 'gone'], 'any'), play);
  });
});
