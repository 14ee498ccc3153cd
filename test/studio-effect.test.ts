import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDemoWorld } from '../examples/crm/data/world.js';
import { runThrough } from '../src/core/run-sliced.js';
import { decide } from '../src/deliver/decide.js';
import { assignHoldout } from '../src/deliver/holdout.js';
import { comparePositions, noteFact } from '../src/domain/fact.js';
import type { Playbook } from '../src/domain/playbook.js';
import type { Subject } from '../src/domain/subject.js';
import { COMPANY, kindOf } from '../src/domain/value.js';
import { createEffects } from '../src/effect.js';
import { gatherHistory, setStage } from '../src/foresee.js';
import { compilePlaybook } from '../src/plan/compile-playbook.js';
import { rehearse } from '../src/rehearse.js';
import { mayTouch } from '../src/replay-attention.js';
import { situationOn } from '../src/replay-cards.js';
import { goTo, nextMoment, ownerIn, setOutOn, subjectOn } from '../src/replay-journey.js';
import { findNews, withNews } from '../src/replay-news.js';
import { readYaml } from '../src/studio/edit-yaml.js';
import { createEngine } from '../src/studio/engine.js';
import {
  playbookSettings,
  playSettings,
  type Setting,
  withoutSetting,
} from '../src/studio/settings.js';
import { files, playbook } from './studio-crm.js';

const DAY = 86_400_000;
const world = createDemoWorld(7);
const keys = [
  ...new Set(
    world.facts.flatMap(({ subjects }) => subjects.filter((key) => kindOf(key) === 'account')),
  ),
].slice(0, 6);
const facts = world.facts.filter(({ subjects }) =>
  subjects.every((key) => kindOf(key) !== 'account' || keys.includes(key)),
);
const span = { from: world.now - 90 * DAY, until: world.now };
const history = gatherHistory(facts, world.now);
const dataOf = (file: string) =>
  readYaml(files.find(({ path }) => path === file)?.text ?? assert.fail(), file) as object;

const without = (setting: Setting): Playbook | undefined =>
  compilePlaybook(withoutSetting(files, setting), { today: '2026-11-21' }).playbook;

/** An account under a playbook at each of these moments, by a replay of its own; and when something opened. */
function pastOf(account: string, book: Playbook, moments?: readonly number[]) {
  const stage = setStage(book, history.people);
  const { triggers } = stage.rehearsal.model(book.version);
  const news = findNews(history.people.get(COMPANY) ?? [], new Set(triggers.events.keys()));
  const told = withNews(account, history.own.get(account) ?? [], news);
  const journey = setOutOn(account, told, stage.rehearsal, span);
  const begun = new Map<number, string[]>();
  const at = new Map<number, Subject>();
  const note = (moment: number): void => {
    const opened = journey.opened.splice(0).map(({ record }) => record);
    if (opened.length > 0) begun.set(moment, opened);
  };
  const stops = [...(moments ?? []), span.until];
  note(journey.course.clock);
  if (stops.includes(journey.course.clock)) at.set(journey.course.clock, subjectOn(journey));
  for (;;) {
    const moment = Math.min(
      nextMoment(journey),
      ...stops.filter((one) => one > journey.course.clock),
    );
    if (moment > span.until) return { stage, told, begun, at };
    goTo(journey, moment);
    note(moment);
    if (stops.includes(moment)) at.set(moment, structuredClone(subjectOf(subjectOn(journey))));
  }
}
/** What a Decision reads of a subject; a course has functions too. */
const subjectOf = ({ key, clock, records, rates, openings, answers, ledger, holdout }: Subject) =>
  ({ key, clock, records, rates, openings, answers, ledger, holdout }) as Subject;

/** All Decisions of all accounts under two playbooks, each made as the agent makes it, and how many differ. */
function byDecisions(after: Playbook): { readonly decisions: number; readonly changed: number } {
  let [decisions, changed] = [0, 0];
  for (const account of keys) {
    const moments = [playbook, after].flatMap((book) => [...pastOf(account, book).begun.keys()]);
    const pasts = [playbook, after].map((book) => pastOf(account, book, moments));
    for (const moment of new Set([...moments, span.until])) {
      const subjects = pasts.map(({ at }) => at.get(moment) ?? assert.fail());
      const records =
        moment === span.until
          ? Object.keys(subjects[0]?.records ?? {})
          : pasts.flatMap(({ begun }) => begun.get(moment) ?? []);
      for (const asker of new Set(records.map((id) => ownerIn(subjects[1] as Subject, id)))) {
        if (asker === undefined) continue;
        const [old, next] = pasts.map(({ stage, told }, i) => {
          const book = i === 0 ? playbook : after;
          const arm = assignHoldout(subjects[i] as Subject, book, moment).data.arm;
          const here = { ...(subjects[i] as Subject), holdout: arm } as Subject;
          const touching = told.filter((fact) => mayTouch(fact, book.contactPolicy));
          const { shown } = decide(situationOn(stage, here, asker, touching), account);
          return JSON.stringify(
            shown.map(({ play, record, action, contents }) => [
              ...[play, record, action.kind, action.contact?.id, action.touch, action.link],
              ...[action.asks?.attribute, action.minutes, contents.map(({ id }) => id)],
            ]),
          );
        });
        decisions += 1;
        if (old !== next) changed += 1;
      }
    }
  }
  return { decisions, changed };
}

const wide = playbookSettings(dataOf('playbook.yaml') as never);
const ofPlay = (id: string) =>
  playSettings(`plays/${id}.yaml`, dataOf(`plays/${id}.yaml`) as never);
const nameOf = ({ file, path }: Setting) => `${file} ${path.join('.')}`.trim();

describe('what a setting does', () => {
  const effects = createEffects(history, span);
  const changes = new Map<string, number>();
  const tried = [
    ...wide.filter(({ path }) => /limits|holdout|0.weight|0.floor/.test(path.join('.'))),
    ...ofPlay('silent-buyer').filter(({ path }) =>
      /^$|becomes.stage|rearm|touch|content|expires/.test(path.join('.')),
    ),
    ...ofPlay('ask-job').slice(0, 1),
  ];
  for (const setting of tried)
    it(`is what Decisions made one by one come to: ${nameOf(setting)}`, () => {
      const after = without(setting) ?? assert.fail();
      const { decisions, changed } = runThrough(effects({ before: playbook, after }));
      assert.deepEqual({ decisions, changed }, byDecisions(after));
      changes.set(nameOf(setting), changed);
    });

  it('is something for a play that is seen, and nothing for the same again', () => {
    assert.ok((changes.get('plays/silent-buyer.yaml') ?? 0) > 0);
    assert.ok([...changes.values()].filter((changed) => changed > 0).length > tried.length / 2);
    assert.equal(runThrough(effects({ before: playbook, after: playbook })).changed, 0);
  });

  it('tells a rest after an answer, though the answer says how long it was to rest', () => {
    const all = runThrough(rehearse(facts, playbook, span)).openings;
    // A Decision is taken while it rests, for another card opens there.
    const opened = all.find(
      ({ play, account, begin, end = world.now }) =>
        play === 'silent-buyer' &&
        all.some((one) => one.account === account && one.begin > begin + DAY && one.begin < end),
    );
    const { account, record, begin } = opened ?? assert.fail();
    const play = playbook.plays.find(({ id }) => id === 'silent-buyer') ?? assert.fail();
    const rests = (ms: number): Playbook => ({
      ...playbook,
      version: `rests ${ms}`,
      plays: playbook.plays.map((one) =>
        one === play ? { ...one, coolDownMs: { ...one.coolDownMs, notRelevant: ms } } : one,
      ),
    });
    const at = begin + DAY / 4;
    const answer = noteFact(
      {
        id: 'response/a',
        type: 'response',
        subjects: [account],
        data: {
          ...{ play: play.id, record, opening: `${play.id}|${record}|${begin}` },
          ...{ scope: 'record', executed: true, restsUntil: at + play.coolDownMs.notRelevant },
          response: { kind: 'not-relevant', reason: 'wrongMoment' },
        },
      },
      at,
    );
    const told = [...facts, answer].sort(comparePositions);
    const tryOn = createEffects(gatherHistory(told, world.now), span);
    const { changed, examples } = runThrough(tryOn({ before: playbook, after: rests(0) }));
    assert.ok(changed > 0);
    assert.ok(examples.every((one) => one.account === account && one.after.includes(play.id)));
  });
});

describe('the settings that are asked about', () => {
  it('are every limit, floor and price of the playbook, and every part that a play can be without', () => {
    const names = [...wide, ...ofPlay('silent-buyer')].map(nameOf);
    for (const one of [
      'playbook.yaml contactPolicy.limits.0',
      'playbook.yaml contactPolicy.touches.call-made',
      'playbook.yaml goals.0.floor',
      'playbook.yaml goals.4.target',
      'playbook.yaml goals.2.weight',
      'playbook.yaml profitGate.costToServe',
      'playbook.yaml costs.minute',
      'playbook.yaml holdout',
      'plays/silent-buyer.yaml',
      'plays/silent-buyer.yaml trigger.becomes.daysSinceBuyerReply',
      'plays/silent-buyer.yaml suitability.contact.askedForQuiet',
      'plays/silent-buyer.yaml coolDown',
      'plays/silent-buyer.yaml serves.satisfaction',
    ])
      assert.ok(names.includes(one), one);
    assert.equal(new Set(names).size, names.length);
  });

  it('are answered by the engine, with names, progress and an end to it; what must stand says so', async () => {
    const engine = createEngine({
      ...{ facts, now: world.now, today: '2026-11-21', pause: async () => undefined },
    });
    const [limit] = wide;
    const shares: number[] = [];
    const found = await engine.effect(files, limit ?? assert.fail(), (share) => shares.push(share));
    assert.ok(found?.is === 'found');
    assert.equal(shares.at(-1), 1);
    for (const { account } of found.examples) assert.ok(found.names[account], account);
    const [, ...parts] = ofPlay('ask-job');
    const needed: Setting = { file: 'plays/ask-job.yaml', path: ['action'] };
    assert.deepEqual(await engine.effect(files, needed), { is: 'needed' });
    const stop = AbortSignal.abort();
    await assert.rejects(
      engine.effect(files, parts[0] ?? assert.fail(), () => undefined, stop),
      /abort/i,
    );
    const broken = files.map((file) =>
      file.path === 'playbook.yaml' ? { ...file, text: 'name: [' } : file,
    );
    assert.equal(await engine.effect(broken, limit ?? assert.fail()), undefined);
  });
});
