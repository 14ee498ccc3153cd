/**
 * How long the studio takes to say what a change would have done: five plays of the demo's 66 changed, over 1,000 accounts
 * with 100 facts each, first and again; and what a key costs with 5,000 plays. The engine that runs in the studio's worker
 * runs here in Node, on one core: CPU time.
 */
import { createDemoWorld } from '../examples/crm/data/world.js';
import type { Fact } from '../src/domain/fact.js';
import { kindOf } from '../src/domain/value.js';
import type { SourceFile } from '../src/plan/compile-playbook.js';
import { createEngine } from '../src/studio/engine.js';
import type { PlayData } from '../src/studio/play-data.js';
import { readItems } from '../src/studio/playbook-folder.js';
import { readPlaybook } from '../test/playbook-folders.js';
import { holdTo, measureMachine, printBars } from './match-timing.js';
import { timeRules } from './time-rules.js';

const ACCOUNTS = 1000;
const FACTS_EACH = 100;
const PLAYS = 5000;
const world = createDemoWorld(7);
const files = readPlaybook('examples/crm/playbook/');
const rules = [await timeRules()];

/** The demo's accounts, told again under other ids until there are enough, each with its latest facts and how its records stand. */
function makeFacts(): readonly Fact[] {
  const shared: Fact[] = [];
  const own = new Map<string, Fact[]>();
  for (const fact of world.facts) {
    const account = fact.subjects.find((key) => kindOf(key) === 'account');
    if (account === undefined) shared.push(fact);
    else own.set(account, [...(own.get(account) ?? []), fact]);
  }
  const accounts = [...own.values()];
  const made = Array.from({ length: ACCOUNTS }, (_, i) => {
    const facts = accounts[i % accounts.length] ?? [];
    const first = facts.filter(({ type }) => type === 'record-changed').slice(0, 20);
    const last = facts.filter((fact) => !first.includes(fact)).slice(first.length - FACTS_EACH);
    const text = JSON.stringify([...first, ...last]);
    return JSON.parse(
      text.replace(/"(demo:(?:account|contact|opportunity|fact):[^"]*)"/g, `"$1.${i}"`),
    ) as Fact[];
  }).flat();
  return [...shared, ...made].sort((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1));
}

/** Five plays that wait for a number wait for another one. */
function changePlays(by: number): readonly SourceFile[] {
  let changed = 0;
  return files.map((file) => {
    if (!file.path.startsWith('plays/') || changed === 5) return file;
    const text = file.text.replace(
      /\bgte: (\d+)\b/,
      (_, n) => `gte: ${Math.max(1, Number(n) - by)}`,
    );
    if (text === file.text) return file;
    changed += 1;
    return { ...file, text };
  });
}

async function time<Result>(what: string, act: () => Promise<Result>): Promise<[Result, number]> {
  const began = process.cpuUsage();
  const result = await act();
  const { user, system } = process.cpuUsage(began);
  const ms = (user + system) / 1000;
  console.log(`${what}: ${Math.round(ms)} ms`);
  return [result, ms];
}

const facts = makeFacts();
const recent = facts.filter(({ occurredAt }) => occurredAt > world.now - 90 * 86_400_000).length;
console.log(`${facts.length} facts of ${ACCOUNTS} accounts, ${recent} of them in the last 90 days`);
const engine = createEngine({
  facts,
  now: world.now,
  today: '2026-11-21',
  pause: () => Promise.resolve(),
});
await time('names of records, once', () => engine.preview(files, {}));
const [first] = await time('five plays changed, first answer', () =>
  engine.foresee(files, changePlays(1)),
);
console.log(`  ${first?.plays.join(', ')}: ${first?.before} cards before, ${first?.after} after`);
const again: number[] = [];
for (const by of [2, 3, 4, 5, 6]) {
  await engine.check(changePlays(by));
  const [found, ms] = await time(`  changed again, by ${by}`, () =>
    engine.foresee(files, changePlays(by)),
  );
  console.log(`    ${found?.before} before, ${found?.after} after`);
  again.push(ms);
}
holdTo('a change of five plays seen again, ms', median(again), '<=', 2000, { time: true });

const play = readItems(files).get('plays/silent-buyer.yaml')?.data as PlayData;
const source = files.find(({ path }) => path === 'plays/silent-buyer.yaml')?.text ?? '';
const many = [
  ...files,
  ...Array.from({ length: PLAYS - 66 }, (_, i) => ({
    path: `plays/many-${i}.yaml`,
    text: source.replace(/^id: .*/m, `id: many-${i}`).replace(/\bgte: (\d+)\b/, `gte: ${15 + i}`),
  })),
];
await time(`${PLAYS} plays compiled, first`, () => engine.check(many));
const keys: number[] = [];
for (const n of [9, 10, 11, 12, 13]) {
  const typed = many.map((file) =>
    file.path === 'plays/silent-buyer.yaml'
      ? { ...file, text: file.text.replace(/\bgte: \d+\b/, `gte: ${n}`) }
      : file,
  );
  const [, check] = await time('  a key: all compiled', () => engine.check(typed));
  const [, count] = await time('  a key: the play counted', () => engine.preview(typed, play));
  keys.push(check + count);
}
holdTo(`a key with ${PLAYS} plays, ms`, median(keys), '<=', 1000, { time: true });
rules.push(await timeRules());
measureMachine(rules.reduce((sum, one) => sum + one, 0) / rules.length);
printBars();

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
