import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDemoWorld } from '../examples/crm/data/world.js';
import { runThrough } from '../src/core/run-sliced.js';
import { decide } from '../src/deliver/decide.js';
import { COMPANY, type JsonObject } from '../src/domain/value.js';
import { createModel } from '../src/model.js';
import { compilePlaybook } from '../src/plan/compile-playbook.js';
import { type Cast, gatherCast } from '../src/preview.js';
import { ownerIn } from '../src/replay-journey.js';
import { createSituation } from '../src/situation.js';
import { changedFields, changedItems, wholeText } from '../src/studio/changes-in-words.js';
import { setAt } from '../src/studio/play-data.js';
import { readItems } from '../src/studio/playbook-folder.js';
import type { PlaybookFiles } from '../src/studio/studio-source.js';
import { createVersions, type StudioVersions, type VersionLog } from '../src/studio/versions.js';
import {
  changeData,
  changeItem,
  filesOf,
  moveOnto,
  openWorkbench,
} from '../src/studio/workbench.js';
import { files, playbook, vocabulary } from './studio-crm.js';

const PLAY = 'plays/silent-buyer.yaml';
const opened = openWorkbench(files);
const withField = (field: string, value: string, bench = opened) => {
  const { data } = bench.items.get(PLAY) ?? assert.fail();
  return changeData(bench, PLAY, setAt(data, [field], value) as JsonObject, field);
};

/** A log that two people work on, each through versions of their own. */
function openLog(needsSecond: boolean) {
  let log: VersionLog = { published: [{ number: 1, files, by: 'first', at: 1 }] };
  const went: PlaybookFiles[] = [];
  let now = 1;
  const forAuthor = (author: string): StudioVersions =>
    createVersions({
      update: async (change) => {
        log = change(log);
        return log;
      },
      goLive: async (live) => {
        went.push(live);
      },
      author,
      needsSecond,
      now: () => ++now,
    });
  return { ana: forAuthor('ana'), ben: forAuthor('ben'), went };
}
const is = (code: string) => (error: unknown) => (error as { code?: string }).code === code;

describe('publishing', () => {
  it('puts files in force and says who did when', async () => {
    const { ana, went } = openLog(false);
    const changed = filesOf(withField('title', 'Ring them'));
    const log = await ana.publish(changed, 1);
    assert.deepEqual(log.live, { number: 2, files: changed, by: 'ana', at: 2 });
    assert.deepEqual(went, [changed]);
  });

  it('lets nobody publish alone where a second person looks first, nor approve the own change', async () => {
    const { ana, ben, went } = openLog(true);
    const changed = filesOf(withField('title', 'Ring them'));
    await assert.rejects(ana.publish(changed, 1), is('opportune/needs-second'));
    const { proposal } = await ana.propose(changed, 1);
    const at = proposal?.at ?? assert.fail();
    await assert.rejects(ana.approve(at), is('opportune/own-approval'));
    assert.deepEqual(went, []);
    const log = await ben.approve(at);
    const { by, approvedBy, files: live } = log.live ?? assert.fail();
    assert.deepEqual({ by, approvedBy, live }, { by: 'ana', approvedBy: 'ben', live: changed });
    assert.equal(log.proposal, undefined);
    await assert.rejects(ben.approve(at), is('opportune/no-proposal'));
  });

  it('approves what was looked at and no later change', async () => {
    const { ana, ben } = openLog(true);
    const first = await ana.propose(filesOf(withField('title', 'One')), 1);
    await ana.propose(filesOf(withField('title', 'Two')), 1);
    await assert.rejects(ben.approve(first.proposal?.at ?? 0), is('opportune/no-proposal'));
  });

  it('keeps a change that waits from being written over by another person', async () => {
    const { ana, ben } = openLog(true);
    await ana.propose(filesOf(withField('title', 'Hers')), 1);
    await assert.rejects(
      ben.propose(filesOf(withField('title', 'His')), 1),
      is('opportune/proposal-waits'),
    );
  });
});

describe('two people at once', () => {
  it('loses nothing: who comes second brings both together and publishes the whole', async () => {
    const { ana, ben } = openLog(false);
    await ana.publish(filesOf(withField('title', 'Hers')), 1);
    const mine = withField('why', 'His reason.');
    await assert.rejects(ben.publish(filesOf(mine), 1), is('opportune/live-moved'));
    const live = (await ben.list()).live ?? assert.fail();
    const { bench, conflicts } = moveOnto(mine, live.files);
    assert.deepEqual(conflicts, []);
    const log = await ben.publish(filesOf(bench), live.number);
    const { title, why } = readItems(log.live?.files ?? []).get(PLAY)?.data ?? assert.fail();
    assert.deepEqual({ title, why }, { title: 'Hers', why: 'His reason.' });
  });

  it('asks whose words stand where both changed the same, and takes what is chosen', () => {
    const mine = withField('title', 'Mine');
    const theirs = filesOf(withField('title', 'Theirs'));
    const titleOf = (choose: 'mine' | 'theirs') => {
      const { bench, conflicts } = moveOnto(mine, theirs, () => choose);
      assert.deepEqual(
        conflicts.map(({ item, field }) => ({ item, field })),
        [{ item: PLAY, field: 'title' }],
      );
      return bench.items.get(PLAY)?.data.title;
    };
    assert.deepEqual([titleOf('mine'), titleOf('theirs')], ['Mine', 'Theirs']);
  });

  it('takes away what the other changed only when that is chosen', () => {
    const mine = changeItem(opened, PLAY, undefined, 'gone');
    const theirs = filesOf(withField('title', 'Theirs'));
    const isThere = (choose: 'mine' | 'theirs') =>
      moveOnto(mine, theirs, () => choose).bench.items.has(PLAY);
    assert.deepEqual([isThere('mine'), isThere('theirs')], [false, true]);
  });
});

describe('rolling back', () => {
  /** What an owner is told about each record of an account. */
  function* decisionsOf(given: PlaybookFiles, cast: Cast): Generator<string> {
    const model = createModel(
      compilePlaybook(given, { today: '2026-11-21' }).playbook ?? assert.fail(),
    );
    for (const account of cast.accounts)
      for (const record of Object.keys(account.records)) {
        const asker = ownerIn(account, record);
        const people = [cast.people.get(asker ?? ''), cast.people.get(COMPANY)];
        const others = people.filter((one) => one !== undefined);
        const { now } = cast;
        const situation = createSituation(model, {
          account,
          now,
          others,
          ...(asker !== undefined && { asker }),
        });
        yield JSON.stringify(decide(situation, record));
      }
  }

  it('gives the same bytes, and the same decisions to the byte in 1,000 situations', async () => {
    const world = createDemoWorld(7);
    const cast = runThrough(gatherCast(world.facts, playbook, world.now));
    const take = (given: PlaybookFiles): readonly string[] => {
      const taken: string[] = [];
      for (const decision of decisionsOf(given, cast)) {
        taken.push(decision);
        if (taken.length === 1000) break;
      }
      return taken;
    };
    const { ana } = openLog(false);
    const other = filesOf(withField('title', 'Ring them today'));
    const before = take(files);
    assert.equal(before.length, 1000);
    await ana.publish(other, 1);
    const log = await ana.rollBack(1);
    const live = log.live ?? assert.fail();
    assert.deepEqual([live.number, live.backTo], [3, 1]);
    assert.deepEqual(
      live.files.map(({ path, text }) => [path, text]),
      files.map(({ path, text }) => [path, text]),
    );
    assert.deepEqual(take(live.files), before);
  });
});

describe('a change in plain words', () => {
  it('says a play as its sentence, and settings field by field as people call them', () => {
    const changed = withField('title', 'Ring them');
    const [one, ...more] = changedItems(opened.items, changed.items);
    assert.deepEqual([one?.id, more], [PLAY, []]);
    const text = wholeText(one?.after ?? assert.fail(), vocabulary);
    assert.match(text, /^For a deal when .*suggest .*Ring them/s);
    assert.doesNotMatch(text, /trigger:|becomes:|[[\]]/);
    assert.deepEqual(
      changedFields(
        { zone: 'Europe/Berlin', contactPolicy: { limits: [{ touches: 3, days: 7 }] } },
        {
          zone: 'Europe/Paris',
          contactPolicy: { limits: [{ touches: 2, days: 7 }] },
          holdout: { rate: 0.05 },
          profitGate: { costToServe: 'opportunity.stage' },
          somethingNew: true,
        },
        vocabulary,
      ).map(({ field, before, after }) => `${field}: ${before} > ${after}`),
      [
        'time zone: Europe/Berlin > Europe/Paris',
        'how often buyers may be contacted: limits: touches: 3; days: 7 > touches: 2; days: 7',
        'accounts without guidance:  > share: 5%',
        'profit gate:  > cost to serve: Stage (deal)',
        'something new:  > yes',
      ],
    );
  });
});
