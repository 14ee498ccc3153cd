import { fixture, html, waitUntil } from '@open-wc/testing';
import { type Fact, noteFact } from '../src/domain/fact.js';
import type { JsonObject } from '../src/domain/value.js';
import { COMPANY } from '../src/domain/value.js';
import { createEngine } from '../src/studio/engine.js';
import type { PlaybookFiles, StudioSource } from '../src/studio/studio-source.js';
import type { Changes } from '../src/studio/workbench.js';
import type { OpportuneStudio } from './opportune-studio.js';
import './opportune-studio-define.js';

/** A studio in the test page, over a small playbook and ten deals. */

export const NOW: number = Date.UTC(2026, 10, 20, 9);
export const HOSTILE = '<img src=x onerror=alert(1)> "quoted"';

const PLAYBOOK = `name: Halden
currency: EUR
zone: Europe/Berlin
contactPolicy:
  limits: [{ touches: 3, days: 7 }]
  touches: { call-made: call, email-sent: email }
goals:
  - { id: revenue, label: Revenue, measure: account.sales, weight: 1, scale: 10000, unit: money }
reasons:
  - { id: notNow, label: Not now, scope: rep }
`;
const ATTRIBUTES = `attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: owner, label: Owner, type: text, of: account }
  - { id: sales, label: Sales this year, type: number, unit: money, of: account }
  - { id: industry, label: Industry, type: choice, of: account, values: [Manufacturing, Retail, { id: Odd, label: '${HOSTILE}' }] }
  - { id: name, label: Name, type: text, of: opportunity }
  - { id: stage, label: Stage, type: choice, of: opportunity, values: [Discovery, Evaluation, Proposal] }
  - { id: metSigner, label: Economic buyer met, type: boolean, of: opportunity }
  - { id: name, label: Name, type: text, of: contact }
  - { id: role, label: Role, type: multi, of: contact, values: [{ id: economicBuyer, label: Economic buyer }, { id: champion, label: Champion }] }
`;
const PLAY = `# Kept by sales.
id: call-champion
about: opportunity
title: Call {contact.name|the champion}
why: The deal is being evaluated.
trigger:
  becomes: { stage: Evaluation }   # the stage of the CRM
action: { kind: call, contact: champion, minutes: 15, touch: call }
for: owner
serves: { revenue: { value: 2000 } }
expires: 14 days
owner: ana@halden.example
`;
const CONTENT = `---
id: cfo-case-study
kind: case-study
title: CFO case study
attributes: { topic: [cfo-case] }
owner: ana@halden.example
---
Payback in seven months.
`;

export const FILES: PlaybookFiles = [
  { path: 'playbook.yaml', text: PLAYBOOK },
  { path: 'attributes.yaml', text: ATTRIBUTES },
  { path: 'plays/call-champion.yaml', text: PLAY },
  { path: 'content/cfo-case-study.md', text: CONTENT },
];

/** Ten accounts with a deal each: every second in Evaluation, the first six in Manufacturing, the signer met in the first. */
function facts(): readonly Fact[] {
  let made = 0;
  const values = (record: string, subject: string, held: JsonObject): Fact =>
    noteFact(
      {
        id: `f${++made}`,
        type: 'record-changed',
        subjects: [subject],
        about: [record],
        data: { values: held },
      },
      NOW - 86_400_000 + made,
    );
  const rep = values('crm:rep:ana', COMPANY, { name: 'Ana' });
  return [
    { ...rep, subjects: [COMPANY, 'crm:rep:ana'] },
    ...Array.from({ length: 10 }, (_, i) => {
      const account = `crm:account:${i}`;
      return [
        values(account, account, {
          name: i === 9 ? HOSTILE : `Account ${i}`,
          owner: 'crm:rep:ana',
          industry: i < 6 ? 'Manufacturing' : 'Retail',
        }),
        values(`crm:contact:${i}`, account, {
          name: `Dana ${i}`,
          role: ['champion', 'economicBuyer'],
        }),
        values(`crm:opportunity:${i}`, account, {
          name: `Deal ${i}`,
          owner: 'crm:rep:ana',
          stage: i % 2 ? 'Discovery' : 'Evaluation',
          metSigner: i === 0,
        }),
      ];
    }).flat(),
  ];
}

export interface Shown {
  readonly studio: OpportuneStudio;
  readonly root: ShadowRoot;
  /** What the source was given to keep, the last one last. */
  readonly kept: Changes[];
}

export async function showStudio(
  more: Partial<StudioSource> = {},
  given: {
    readonly files?: PlaybookFiles;
    readonly kept?: Changes;
    readonly engine?: Partial<StudioSource['engine']>;
    /** What happened beside the accounts themselves. */
    readonly facts?: readonly Fact[];
  } = {},
): Promise<Shown> {
  const kept: Changes[] = [];
  const source: StudioSource = {
    engine: {
      ...createEngine({
        facts: [...facts(), ...(given.facts ?? [])],
        now: NOW,
        today: '2026-11-20',
        pause: () => Promise.resolve(),
      }),
      ...given.engine,
    },
    open: async () => ({
      files: given.files ?? FILES,
      author: 'ana@halden.example',
      now: NOW,
      ...(given.kept && { kept: given.kept }),
    }),
    keep: async (changes) => {
      kept.push(changes);
    },
    ...more,
  };
  const studio = await fixture<OpportuneStudio>(
    html`<opportune-studio .source=${source}></opportune-studio>`,
  );
  const root = studio.shadowRoot as ShadowRoot;
  await until(() => root.querySelector('h1'), 'it does not open');
  return { studio, root, kept };
}

/** A slow machine takes long to compile a playbook. */
export function until(holds: () => unknown, what = 'it does not come to hold'): Promise<void> {
  return waitUntil(async () => Boolean(await holds()), what, { timeout: 15_000, interval: 20 });
}

/** Waits until it can be seen, and gives it. */
export async function seen(root: ShadowRoot, selector: string, words = ''): Promise<HTMLElement> {
  const find = (): HTMLElement | undefined =>
    [...root.querySelectorAll<HTMLElement>(selector)].find((one) =>
      (one.textContent ?? '').replace(/\s+/g, ' ').includes(words),
    );
  let found: HTMLElement | undefined;
  await until(() => {
    found = find();
    return found;
  }, `nothing meets ${selector} with "${words}"`);
  return found as unknown as HTMLElement;
}

export async function click(root: ShadowRoot, selector: string, words = ''): Promise<void> {
  (await seen(root, selector, words)).click();
}

/** The sentence as it reads, a line each. */
export function linesIn(root: ShadowRoot): readonly string[] {
  return [...root.querySelectorAll('.line > p:first-child')].map((line) => {
    const copy = line.cloneNode(true) as HTMLElement;
    for (const one of copy.querySelectorAll('.more, .pop')) one.remove();
    return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
  });
}
