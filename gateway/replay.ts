import { COMPANY, type Fact, type Playbook, type SubjectKey } from 'opportune';
import { kindOf } from '../src/domain/value.js';
import { compareReplays, findReplacements, replayAccount, replayBoth } from '../src/replay.js';
import { mayTouch } from '../src/replay-attention.js';
import { createPeople, noteDisplacements, type Stage } from '../src/replay-cards.js';
import { prepareReplay, type ReplayOptions } from '../src/replay-journey.js';
import { findNews, withNews } from '../src/replay-news.js';
import { type Command, type Given, JSON_OPTION, type Terminal, textOption } from './command.js';
import { parseMoment } from './moments.js';
import { pause } from './pause.js';
import { loadPlaybook } from './playbook-folder.js';
import { createAttentionTally, type Overrunning } from './replay-attention.js';
import { openFacts, type RecordedFacts } from './replay-facts.js';
import { createListing, writeJson } from './replay-list.js';
import {
  createDisplacementTally,
  createInsteadTally,
  createOpeningTally,
  listOpenings,
} from './replay-tally.js';
import { differenceText, openingsText, toOpenings } from './replay-text.js';
import { createSpill, type Spill } from './spill.js';
import { count } from './text.js';

export const replayCommand: Command = {
  name: 'replay',
  summary:
    'What a playbook would have opened, for whom and when, on recorded facts; with two playbooks, the difference.',
  usage: 'replay --playbook P [--against P2] --facts FILE [--from T] [--until T] [--json]',
  options: [
    { name: 'playbook', value: 'P', about: 'the playbook folder', needed: true },
    {
      name: 'against',
      value: 'P2',
      about: 'another one: what would differ if P2 took the place of P',
    },
    {
      name: 'facts',
      value: 'FILE',
      about: 'facts as JSON Lines, or the folder of a store; - is standard input',
      needed: true,
    },
    {
      name: 'from',
      value: 'T',
      about: 'judge from this day or time on; what is earlier is history. Default: the first fact',
    },
    { name: 'until', value: 'T', about: 'let time go on until then. Default: the last fact' },
    JSON_OPTION,
  ],
  positionals: [],
  run: replay,
};

/** What a run reads and where it tells. */
interface Run {
  readonly terminal: Terminal;
  readonly facts: RecordedFacts;
  readonly spill: Spill;
  readonly json: boolean;
  readonly options: ReplayOptions;
}

async function replay(given: Given, terminal: Terminal): Promise<number> {
  const from = momentOption(given, 'from');
  const until = momentOption(given, 'until');
  const now = until ?? terminal.now();
  const playbook = loadPlaybook(textOption(given, 'playbook') ?? '', now);
  const against = textOption(given, 'against');
  const other = against === undefined ? undefined : loadPlaybook(against, now);
  const facts = await openFacts(textOption(given, 'facts') ?? '', terminal);
  const spill = createSpill();
  const options = { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
  const run: Run = { terminal, facts, spill, json: given.values.json === true, options };
  try {
    return other ? await compare(playbook, other, run) : await rehearse(playbook, run);
  } finally {
    spill.end();
    await facts.close();
  }
}

async function rehearse(playbook: Playbook, run: Run): Promise<number> {
  const { facts, json, options, spill, terminal } = run;
  const rehearsal = prepareReplay(playbook);
  const tally = createOpeningTally(json ? spill : undefined);
  const news = findNews(companyFacts(facts), rehearsal.model(playbook.version).triggers.events);
  const seen = await eachAccount(run, (account, own) =>
    tally.add(replayAccount(account, withNews(account, own, news), rehearsal, options)),
  );
  const { openings } = tally;
  if (json)
    writeJson(terminal.out, {
      ...seen,
      playbook: versionOf(playbook),
      openings: toOpenings(openings),
    });
  else terminal.out(openingsText(tally, seen));
  return openings.size > 0 ? 0 : 1;
}

async function compare(playbook: Playbook, other: Playbook, run: Run): Promise<number> {
  const { facts, json, options, spill, terminal } = run;
  const stages = { before: createStage(playbook, facts), after: createStage(other, facts) };
  const rehearsals = { before: stages.before.rehearsal, after: stages.after.rehearsal };
  const eventsOf = ({ rehearsal: { playbook, model } }: Stage) =>
    model(playbook.version).triggers.events;
  const events = new Set([...eventsOf(stages.before).keys(), ...eventsOf(stages.after).keys()]);
  const news = findNews(companyFacts(facts), events);
  const kept = json ? spill : undefined;
  const onlyBefore = listOpenings('before', kept);
  const onlyAfter = listOpenings('after', kept);
  const plays = new Map<string, { both: number; onlyBefore: number; onlyAfter: number }>();
  const instead = createInsteadTally();
  const displaced = createDisplacementTally();
  const attention = createAttentionTally(spill, { before: playbook, after: other });
  let both = 0;
  const seen = await eachAccount(
    run,
    (account, own) => {
      const told = withNews(account, own, news);
      const touching = told.filter(
        (fact) => mayTouch(fact, playbook.contactPolicy) || mayTouch(fact, other.contactPolicy),
      );
      const found = { before: new Map(), after: new Map() };
      const { before, after } = replayBoth(account, told, rehearsals, options, (...differing) =>
        noteDisplacements(found, stages, ...differing, touching),
      );
      displaced.add(found);
      const difference = compareReplays(before, after);
      for (const part of ['both', 'onlyBefore', 'onlyAfter'] as const)
        for (const { play } of difference[part]) {
          const counts = plays.get(play) ?? { both: 0, onlyBefore: 0, onlyAfter: 0 };
          counts[part]++;
          plays.set(play, counts);
        }
      both += difference.both.length;
      difference.onlyBefore.forEach(onlyBefore.add);
      difference.onlyAfter.forEach(onlyAfter.add);
      instead.addAll(findReplacements(difference));
      attention.addCards('before', before);
      attention.addCards('after', after);
    },
    attention.addFacts,
  );
  const overruns = createListing<Overrunning>({
    name: 'overruns',
    spill: kept,
    momentOf: ({ day }) => Date.parse(day),
    compare: (a, b) => (a.day === b.day ? (a.who < b.who ? -1 : 1) : a.day < b.day ? -1 : 1),
  });
  const overrun = attention.finish(overruns, options.from);
  if (json)
    writeJson(terminal.out, {
      ...seen,
      playbook: versionOf(playbook),
      against: versionOf(other),
      both,
      onlyBefore: toOpenings(onlyBefore),
      onlyAfter: toOpenings(onlyAfter),
      instead: instead.rows(),
      displaced: displaced.rows(),
      overrun,
      overruns: overruns.all(),
    });
  else
    terminal.out(
      differenceText({
        versions: [playbook.version.slice(0, 8), other.version.slice(0, 8)],
        both,
        onlyBefore,
        onlyAfter,
        plays,
        instead: instead.rows(),
        displaced: displaced.rows(),
        overrun,
        overruns,
      }),
    );
  return 0;
}

const companyFacts = ({ people }: RecordedFacts): readonly Fact[] => people.get(COMPANY) ?? [];

function createStage(playbook: Playbook, { people }: RecordedFacts): Stage {
  const rehearsal = prepareReplay(playbook);
  return { rehearsal, people: createPeople(people, rehearsal) };
}

/** How long an account after another is taken before a signal may be heard. */
const BREATH_MS = 100;

/** Every account with its facts until the end of the replay, one at a time; `note` is also told of contacts. */
async function eachAccount(
  { facts, options: { until }, terminal }: Run,
  replayOne: (account: SubjectKey, own: readonly Fact[]) => void,
  note?: (key: SubjectKey, own: readonly Fact[]) => void,
): Promise<{ readonly accounts: number; readonly facts: number }> {
  let accounts = 0;
  let taken = 0;
  let breath = performance.now();
  for await (const [key, all] of facts.timelines()) {
    const own = until === undefined ? all : all.filter(({ occurredAt }) => occurredAt <= until);
    note?.(key, own);
    if (kindOf(key) === 'account') {
      accounts++;
      taken += all.length;
      replayOne(key, own);
    }
    if (performance.now() - breath > BREATH_MS) {
      terminal.progress?.(`${count(accounts)} accounts, ${count(taken)} facts`);
      await pause();
      terminal.signal.throwIfAborted();
      breath = performance.now();
    }
  }
  terminal.progress?.('');
  return { accounts, facts: taken };
}

function momentOption(given: Given, name: string): number | undefined {
  const text = textOption(given, name);
  return text === undefined ? undefined : parseMoment(text, `--${name}`);
}

function versionOf({ name, version }: Playbook): {
  readonly name: string;
  readonly version: string;
} {
  return { name, version };
}
