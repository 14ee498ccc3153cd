import { statSync } from 'node:fs';
import { createAgent, type Fact, type Playbook, type Store, type SubjectKey } from 'opportune';
import { createMemoryStore } from 'opportune/stores/memory';
import {
  compareReplays,
  prepareReplay,
  type ReplayDifference,
  type Replayed,
  replayAccount,
} from '../src/replay.js';
import { type Command, type Given, JSON_OPTION, type Terminal, textOption } from './command.js';
import { readFacts, refuse } from './facts-file.js';
import { openStore } from './look.js';
import { parseMoment } from './moments.js';
import { loadPlaybook } from './playbook-folder.js';
import { count, moment, plural, printable, table } from './text.js';

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

const LISTED = 20;

async function replay(given: Given, terminal: Terminal): Promise<number> {
  const from = momentOption(given, 'from');
  const until = momentOption(given, 'until');
  const now = until ?? terminal.now();
  const playbook = loadPlaybook(textOption(given, 'playbook') ?? '', now);
  const rehearsal = prepareReplay(playbook);
  const against = textOption(given, 'against');
  const other = against === undefined ? undefined : loadPlaybook(against, now);
  const otherRehearsal = other && prepareReplay(other);
  const store = await openFacts(textOption(given, 'facts') ?? '', terminal);
  try {
    const before: Replayed[] = [];
    const after: Replayed[] = [];
    let accounts = 0;
    let facts = 0;
    for await (const [account, own] of timelines(store)) {
      terminal.signal.throwIfAborted();
      accounts++;
      facts += own.length;
      const last = until === undefined ? own : own.filter(({ occurredAt }) => occurredAt <= until);
      const options = {
        ...(from !== undefined && { from }),
        ...(until !== undefined && { until }),
      };
      before.push(...replayAccount(account, last, rehearsal, options));
      if (otherRehearsal) after.push(...replayAccount(account, last, otherRehearsal, options));
      terminal.progress?.(`${count(accounts)} accounts, ${count(before.length)} openings`);
    }
    terminal.progress?.('');
    const json = given.values.json === true;
    const head = { accounts, facts, playbook: versionOf(playbook) };
    if (other) {
      const difference = compareReplays(sorted(before), sorted(after));
      terminal.out(
        json
          ? toJson({ ...head, against: versionOf(other), ...toDifference(difference) })
          : differenceText(difference, playbook, other),
      );
      return 0;
    }
    const openings = sorted(before);
    terminal.out(
      json
        ? toJson({ ...head, openings: openings.map(toOpening) })
        : openingsText(openings, accounts, facts),
    );
    return openings.length > 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}

function momentOption(given: Given, name: string): number | undefined {
  const text = textOption(given, name);
  return text === undefined ? undefined : parseMoment(text, `--${name}`);
}

/** The store of a folder, or one in memory with the facts of a file. */
async function openFacts(file: string, terminal: Terminal): Promise<Store> {
  if (file !== '-' && statSync(file, { throwIfNoEntry: false })?.isDirectory())
    return openStore(file);
  const facts = await readFacts(file, terminal);
  const store = createMemoryStore();
  const agent = await createAgent({ store, clock: { now: terminal.now } });
  refuse(file, (await agent.record(facts, { history: true })).refused);
  return store;
}

/** What each account has lived through. News of the company and of contacts are in timelines of their own, and left out. */
async function* timelines(store: Store): AsyncGenerator<readonly [SubjectKey, readonly Fact[]]> {
  for (let after: string | undefined; ; ) {
    const page = await store.keys('', after, 500);
    for (const key of page)
      if (key.split(':')[1] === 'account') yield [key, await store.facts(key)];
    after = page.at(-1);
    if (after === undefined) return;
  }
}

function sorted(openings: readonly Replayed[]): readonly Replayed[] {
  const keyOf = ({ play, record }: Replayed): string => `${play}|${record}`;
  return [...openings].sort((a, b) => a.begin - b.begin || (keyOf(a) < keyOf(b) ? -1 : 1));
}

function versionOf({ name, version }: Playbook): {
  readonly name: string;
  readonly version: string;
} {
  return { name, version };
}

function toOpening({ begin, end, ...rest }: Replayed): object {
  return {
    ...rest,
    begin: new Date(begin).toISOString(),
    ...(end !== undefined && { end: new Date(end).toISOString() }),
  };
}

function toDifference({ both, onlyBefore, onlyAfter }: ReplayDifference): object {
  return {
    both: both.length,
    onlyBefore: onlyBefore.map(toOpening),
    onlyAfter: onlyAfter.map(toOpening),
  };
}

function toJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function openingsText(openings: readonly Replayed[], accounts: number, facts: number): string {
  const plays = [...groupBy(openings, ({ play }) => play)].map(([play, all]) => [
    play,
    all.length,
    new Set(all.map(({ account }) => account)).size,
    new Set(all.flatMap(({ owner }) => owner ?? [])).size,
    all.filter(({ end }) => end === undefined).length,
  ]);
  plays.sort((a, b) => Number(b[1]) - Number(a[1]));
  const head = `${plural(openings.length, 'opening')} in ${plural(accounts, 'account')} (${plural(facts, 'fact')})\n`;
  if (openings.length === 0) return head;
  return `${head}\n${table(['play', 'openings', 'accounts', 'reps', 'still open'], plays)}\n${listOf(openings)}`;
}

function differenceText(
  { both, onlyBefore, onlyAfter }: ReplayDifference,
  playbook: Playbook,
  other: Playbook,
): string {
  const plays = new Set([...onlyBefore, ...onlyAfter, ...both].map(({ play }) => play));
  const countOf = (all: readonly Replayed[], wanted: string): number =>
    all.filter(({ play }) => play === wanted).length;
  const rows = [...plays]
    .sort()
    .map((play) => [
      play,
      countOf(both, play),
      countOf(onlyBefore, play),
      countOf(onlyAfter, play),
    ]);
  const [before, after] = [playbook.version.slice(0, 8), other.version.slice(0, 8)];
  const parts = [
    `${plural(both.length, 'opening')} in both, ${count(onlyBefore.length)} only in ${before}, ${count(onlyAfter.length)} only in ${after}\n`,
  ];
  if (rows.length > 0)
    parts.push('\n', table(['play', 'both', `only ${before}`, `only ${after}`], rows));
  if (onlyBefore.length > 0) parts.push(`\nNo longer opened\n${listOf(onlyBefore)}`);
  if (onlyAfter.length > 0) parts.push(`\nNewly opened\n${listOf(onlyAfter)}`);
  return parts.join('');
}

function listOf(openings: readonly Replayed[]): string {
  const rows = openings
    .slice(0, LISTED)
    .map(({ begin, end, ended, play, record, owner }) => [
      moment(begin),
      play,
      record,
      owner ?? '',
      end === undefined ? 'open' : `${ended ?? 'ended'} ${moment(end).slice(0, 10)}`,
    ]);
  const more =
    openings.length > LISTED
      ? `and ${count(openings.length - LISTED)} more: --json lists all\n`
      : '';
  return `${table(['when', 'play', 'record', 'for', 'until'], rows)}${printable(more.trimEnd())}${more === '' ? '' : '\n'}`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
