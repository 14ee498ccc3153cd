import { attributesOf } from '../src/core/condition.js';
import { createMatcher } from '../src/core/matcher/create-matcher.js';
import { toClosure } from './match-peers.js';
import {
  bytesOf,
  formatMicros,
  holdTo,
  quantile,
  timed,
  timedCpu,
  timeInterleaved,
} from './match-timing.js';
import {
  judgeAll,
  type MatchWorkload,
  plainWorkload,
  TODAY,
  type Values,
} from './match-workload.js';
import type { Account } from './workload.mjs';

type SetValue = (record: number, attribute: string, value: Values[string]) => unknown;
type MutableAccount = { [attribute: string]: Account[string] };

/** Forward through all changes, then back: every one is a real change, and all ends as it began. */
export function playChanges({ changes }: MatchWorkload, set: SetValue): (turn: number) => unknown {
  return (turn) => {
    const at = turn % (2 * changes.length);
    const back = at >= changes.length;
    const change = changes[back ? 2 * changes.length - 1 - at : at];
    return change && set(change.record, change.attribute, back ? change.from : change.to);
  };
}

/** Opens every record of the workload, with some changes compared with two runs of the interpreter. */
export function openAll(workload: MatchWorkload, compared: number): SetValue {
  const { entries, attributes, records, changes } = workload;
  const matcher = createMatcher(entries, attributes);
  const handles = records.map((record) => matcher.open(record, TODAY));
  const now = records.map((record) => ({ ...record }) as { [attribute: string]: Values[string] });
  for (const { record, attribute, to, from } of changes.slice(0, compared)) {
    const values = now[record] as { [attribute: string]: Values[string] };
    const before = new Set(judgeAll(entries, values));
    values[attribute] = to;
    const after = new Set(judgeAll(entries, values));
    values[attribute] = from;
    const told = handles[record]?.set(attribute, to);
    handles[record]?.set(attribute, from);
    const entered = [...after].filter((id) => !before.has(id));
    const left = [...before].filter((id) => !after.has(id));
    if (told?.entered.join() !== entered.join() || told.left.join() !== left.join()) {
      throw new Error(`a change of ${attribute} is told wrongly`);
    }
  }
  return (record, attribute, value) => handles[record]?.set(attribute, value);
}

/** Runs what reads the attribute before and after. */
function watchingClosures({ source, entries, records }: MatchWorkload): SetValue {
  const watching = new Map<string, { id: string; test: (account: Account) => boolean }[]>();
  for (const { id, expr } of source.plays) {
    const play = { id: `play-${id}`, test: toClosure(expr) };
    for (const attribute of attributesOf(entries[id]?.when ?? { all: [] })) {
      const plays = watching.get(attribute);
      if (plays) plays.push(play);
      else watching.set(attribute, [play]);
    }
  }
  const accounts = records.map((record) => ({ ...record }) as MutableAccount);
  return (record, attribute, value) => {
    const account = accounts[record] as MutableAccount;
    const plays = watching.get(attribute) ?? [];
    const before = plays.map(({ test }) => test(account));
    account[attribute] = value as Account[string];
    const entered: string[] = [];
    const left: string[] = [];
    for (let i = 0; i < plays.length; i++) {
      const play = plays[i] as (typeof plays)[number];
      const after = play.test(account);
      if (after !== before[i]) (after ? entered : left).push(play.id);
    }
    return { entered, left };
  };
}

/** One attribute of one account changes: exactly which plays became true, and which no longer are. */
export async function benchChanges(seed: number): Promise<void> {
  for (const size of [1000, 10_000]) {
    const workload = plainWorkload(size, seed);
    const timings = await timeInterleaved(
      {
        index: playChanges(workload, openAll(workload, 60)),
        closures: playChanges(workload, watchingClosures(workload)),
      },
      { rounds: 9, sliceMs: 150 },
    );
    const [own, byHand] = Object.values(timings).map(({ mean }) => mean) as [number, number];
    const ratio = byHand / own;
    console.log(
      `\nOne attribute changes, ${size} plays: mean ${formatMicros(own)} of the processor; closures that read it ${formatMicros(byHand)}, x ${ratio.toPrecision(3)}`,
    );
    if (size !== 10_000) continue;
    holdTo('one change, mean µs of the processor', own, '<=', 10, { time: true });
    holdTo('one change, x closures that watch it', ratio, '>=', 30);
  }
}

/** Laying out the index, and editing it one play at a time. */
export function benchEdits(seed: number): void {
  const { entries, attributes, records } = plainWorkload(10_000, seed);
  const more = plainWorkload(13_000, seed).entries.slice(10_000);
  const matcher = createMatcher(entries, attributes);
  const held = bytesOf(() => createMatcher(entries, attributes));
  const builds = Array.from({ length: 7 }, () =>
    timedCpu(() => createMatcher(entries, attributes)),
  );
  const edits = {
    added: more.map((entry) => timed(() => matcher.add(entry))),
    replaced: more.map(({ when }, i) => timed(() => matcher.replace({ id: `play-${i}`, when }))),
    removed: more.map(({ id }) => timed(() => matcher.remove(id))),
  };
  console.log('\n10000 plays laid out, then 3000 edited one by one');
  console.log(
    `  laid out       median ${quantile(builds, 0.5).toPrecision(3)} ms of the processor, ${(held / 1e6).toPrecision(3)} MB held beside the plays themselves`,
  );
  holdTo('index of 10,000 plays, MB', held / 1e6, '<=', 10);
  holdTo(
    'index of 10,000 plays laid out, s of the processor',
    quantile(builds, 0.5) / 1000,
    '<=',
    0.4,
    { time: true },
  );
  for (const [name, times] of Object.entries(edits)) {
    const [p50, p99, longest] = [0.5, 0.99, 1].map((share) =>
      formatMicros(quantile(times, share) * 1000),
    );
    console.log(`  one ${name.padEnd(10)} median ${p50}, 99 of 100 ${p99}, longest ${longest}`);
    holdTo(`one play ${name}, ms (median)`, quantile(times, 0.5), '<=', 1, { time: true });
  }
  const many = Array.from({ length: 20_000 }, (_, i) => records[i % records.length] as Values);
  const opened = bytesOf(() => many.map((record) => matcher.open(record)));
  const copied = bytesOf(() => many.map((record) => ({ ...record })));
  const beside = Math.round((opened - copied) / many.length);
  console.log(`  an open record takes ${beside} bytes beside its own values`);
  holdTo('an open record, bytes beside its values', beside, '<=', 200);
}
