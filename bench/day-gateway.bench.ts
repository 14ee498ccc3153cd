/**
 * The day of a rep at a gateway that knows 10,000 accounts: how long the first read takes, which finds out who owns what, a
 * later one, and how long others wait meanwhile. The gateway, on an embedded store, is a process of its own. Another size:
 * `npm run bench -- day-gateway 1000 5`, accounts and reps.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { SourceFile } from 'opportune/plan';
import { createRandom } from '../src/core/random.js';
import { startBenchGateway } from './push-world.js';

const ACCOUNTS = Number(process.argv[3] ?? 10_000);
const REPS = Number(process.argv[4] ?? 20);
const PLAYS = 12;
const BATCH = 300;
const DAY_MS = 86_400_000;
const ASK_EVERY_MS = 50;

const random = createRandom('day-gateway');
const whole = (below: number): number => Math.floor(random() * below);
const account = (i: number): string => `crm:account:${i}`;
const contact = (i: number): string => `crm:contact:${i}`;
const rep = (i: number): string => `crm:rep:${i % REPS}`;

const gateway = await startBenchGateway(playbookFiles());
try {
  const began = performance.now();
  for (let first = 0; first < ACCOUNTS; first += BATCH)
    await gateway.post(
      Array.from({ length: Math.min(BATCH, ACCOUNTS - first) }, (_, i) =>
        factsOf(first + i),
      ).flat(),
    );
  await gateway.settled();
  console.log(
    `${ACCOUNTS} accounts of ${REPS} reps, ${PLAYS} plays; told in ${((performance.now() - began) / 1000).toFixed(0)} s`,
  );
  await read('the first read', rep(0));
  await read('the same rep again', rep(0));
  await read('another rep', rep(1));
  await gateway.post([wrote(0, 'again')]);
  await gateway.settled();
  await read('after news', rep(0));
} finally {
  await gateway.remove();
}

/** Reads a day, while another rep asks for a decision again and again. */
async function read(name: string, who: string): Promise<void> {
  const waits: number[] = [];
  let isDone = false;
  const others = (async () => {
    for (let i = 2; !isDone; i += REPS) {
      const from = performance.now();
      await gateway.ask(rep(2), 'POST', '/v1/decide', { record: account(i % ACCOUNTS) });
      waits.push(performance.now() - from);
      await pause(ASK_EVERY_MS);
    }
  })();
  const cpu = gateway.cpu();
  const from = performance.now();
  let { status, text } = await gateway.ask(who, 'GET', '/v1/day');
  let asked = 1;
  for (; status === 202; asked++) ({ status, text } = await gateway.ask(who, 'GET', '/v1/day'));
  const ms = performance.now() - from;
  const used = gateway.cpu();
  isDone = true;
  await others;
  if (status !== 200) throw new Error(`${status}: ${text}`);
  const told = JSON.parse(text) as {
    readonly accounts: number;
    readonly cards: readonly unknown[];
  };
  console.log(
    `${name.padEnd(20)} ${(ms / 1000).toFixed(2)} s by the clock, ${(used.gateway - cpu.gateway).toFixed(2)} s of the gateway's processor, asked ${asked} times; ${told.accounts} accounts, ${told.cards.length} cards, ${Math.round(text.length / 1024)} kB; ${waits.length} others waited at most ${Math.max(...waits).toFixed(0)} ms`,
  );
}

function factsOf(i: number): readonly object[] {
  const about = { subjects: [account(i)], about: [account(i)] };
  const buyer = { subjects: [account(i), contact(i)], about: [contact(i)] };
  return [
    fact(`made/${i}`, 'record-changed', 60, {
      ...about,
      data: {
        values: {
          ...{ name: `Company ${i}`, owner: rep(i), segment: `s${whole(PLAYS)}` },
          sales: whole(1_000_000),
        },
      },
    }),
    fact(`buyer/${i}`, 'record-changed', 60, {
      ...buyer,
      data: { values: { name: 'Dana', role: ['buyer'] } },
    }),
    wrote(i, 'first'),
  ];
}

function wrote(i: number, name: string): object {
  return fact(`${name}/${i}`, 'email-received', name === 'first' ? 1 + whole(40) : 0, {
    subjects: [account(i), contact(i)],
    about: [account(i), contact(i)],
    by: contact(i),
  });
}

function fact(id: string, type: string, daysAgo: number, more: object): object {
  const occurredAt = new Date(Date.now() - daysAgo * DAY_MS).toISOString();
  return { id, type, occurredAt, grade: 'observed', ...more };
}

function playbookFiles(): readonly SourceFile[] {
  const segments = Array.from({ length: PLAYS }, (_, i) => `s${i}`);
  return [
    {
      path: 'playbook.yaml',
      text: `
name: Day
currency: EUR
zone: UTC
contactPolicy:
  limits: [{ touches: 2, days: 7 }]
  touches: { call-made: call }
goals:
  - { id: revenue, label: Revenue, measure: account.sales, weight: 1, scale: 10000, unit: money }
reasons:
  - { id: notNow, label: Not now, scope: rep }
`,
    },
    {
      path: 'attributes.yaml',
      text: `
attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: owner, label: Owner, type: text, of: account }
  - { id: segment, label: Segment, type: choice, of: account, values: [${segments.join(', ')}] }
  - { id: sales, label: Sales this year, type: number, unit: money, of: account }
  - { id: role, label: Role, type: multi, of: contact, values: [buyer] }
  - { id: daysSilent, label: Days since the buyer wrote, type: number, unit: days, of: account, derive: { daysSince: { types: [email-received], by: buyer } } }
`,
    },
    ...segments.map((segment, i) => ({
      path: `plays/${segment}.yaml`,
      text: `
id: play-${i}
about: account
title: Call {account.name}
why: Nothing for {account.daysSilent}
trigger: { becomes: { segment: [${segment}, s${(i + 1) % PLAYS}], daysSilent: { gte: ${3 + i} } } }
action: { kind: call, contact: buyer, minutes: ${10 + 5 * (i % 5)}, touch: call }
for: owner
serves: { revenue: { value: ${2000 + 500 * i} } }
expires: 60 days
coolDown: { done: 30 days, notRelevant: 90 days }
owner: ana@example.com
`,
    })),
  ];
}
