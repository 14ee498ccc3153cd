import type { Card } from 'opportune';
import type { Fact } from '../../src/domain/fact.js';
import { COMPANY, type JsonObject, kindOf, type RecordId } from '../../src/domain/value.js';
import type { Scene } from './app.js';
import { nameOf, text } from './crm.js';
import { gradeOf } from './data/fact-log.js';
import { toIsoDay } from './format.js';

export const STAGES: readonly string[] = [
  'Discovery',
  'Evaluation',
  'Proposal',
  'Negotiation',
  'Won',
];

export interface Launch {
  readonly id: string;
  readonly label: string;
  readonly brand: string;
  readonly family: string;
  /** US dollars. */
  readonly price: number;
}

/** What Halden might bring out. */
export const LAUNCHES: readonly Launch[] = [
  { id: 'v3-vision', label: 'V3 code reader', brand: 'Larkeye', family: 'vision', price: 31_000 },
  {
    id: 'l4-labeller',
    label: 'L4 quick-change labeller',
    brand: 'Halden',
    family: 'labeller',
    price: 54_000,
  },
  {
    id: 'wash-labels',
    label: 'Wash-off labels',
    brand: 'Pressmark',
    family: 'consumable',
    price: 3_900,
  },
  {
    id: 'p2-printer',
    label: 'P2 pallet printer',
    brand: 'Norvik',
    family: 'printer',
    price: 19_500,
  },
];

interface Act {
  readonly type: string;
  readonly account: RecordId;
  readonly by: RecordId;
  readonly contacts?: readonly RecordId[];
  readonly deal?: RecordId | undefined;
  readonly data?: JsonObject;
}

/** Two tabs may do the same at the same moment, should one of them be offline. */
const toId = (now: number, what: string): string =>
  `demo:visitor:${now}-${what}-${crypto.randomUUID()}`;

/** A fact of this moment on the simulated clock. */
function toFact(now: number, { type, account, by, contacts = [], deal, data = {} }: Act): Fact {
  return {
    id: toId(now, type),
    type,
    subjects: [account, ...contacts],
    about: [account, ...contacts, ...(deal ? [deal] : [])],
    occurredAt: now,
    learnedAt: now,
    grade: gradeOf(type, by),
    by,
    data,
  };
}

/** The deal that an activity with this contact is about: the open one that names them, when there is just one. */
function dealWith(app: Scene, account: RecordId, contact: RecordId): RecordId | undefined {
  const open = app.crm.dealsOf(account).filter((deal) => deal.values.open === true);
  const named = open.filter((deal) =>
    (deal.values.contacts as readonly string[] | undefined)?.includes(contact),
  );
  return named.length === 1 ? named[0]?.id : undefined;
}

export function logCall(app: Scene, account: RecordId, contact: RecordId): Promise<void> {
  const { now, asker } = app.state;
  const fact = toFact(now, {
    type: 'call-made',
    account,
    by: asker,
    contacts: [contact],
    deal: dealWith(app, account, contact),
    data: { minutes: 9 },
  });
  return app.happen([fact], `Logged: you called ${nameOf(app.crm, contact)}.`);
}

export function letReply(app: Scene, account: RecordId, contact: RecordId): Promise<void> {
  const fact = toFact(app.state.now, {
    type: 'email-received',
    account,
    by: contact,
    contacts: [contact],
    deal: dealWith(app, account, contact),
    data: { subject: 'Re: your message', text: 'Thank you, that helps. Can we speak next week?' },
  });
  return app.happen([fact], `${nameOf(app.crm, contact)} replied.`);
}

export function moveDeal(app: Scene, account: RecordId, deal: RecordId): Promise<void> {
  const { crm } = app;
  const record = crm.record(deal);
  const next = STAGES[STAGES.indexOf(text(record?.values.stage)) + 1] ?? 'Won';
  const fact = toChange(app, account, deal, {
    stage: next,
    ...(next === 'Won' && { open: false }),
  });
  return app.happen([fact], `${nameOf(crm, deal)} is now in ${next}.`);
}

export function launchProduct(
  app: Scene,
  { id, label, brand, family, price }: Launch,
): Promise<void> {
  const { crm, state } = app;
  const product = `demo:product:${id}`;
  const common = {
    subjects: [COMPANY],
    about: [product],
    occurredAt: state.now,
    learnedAt: state.now,
    grade: 'observed',
  } as const;
  const amount = { amountMinor: price * 100, currency: 'USD' };
  const fans = crm
    .accounts()
    .filter(({ values }) =>
      (values.preferredBrands as readonly string[] | undefined)?.includes(brand),
    );
  return app.happen(
    [
      {
        ...common,
        id: toId(state.now, 'launch'),
        type: 'record-changed',
        source: { record: product },
        data: { values: { name: label, brand, family, price: amount } },
      },
      {
        ...common,
        id: toId(state.now, 'product-added'),
        type: 'product-added',
        data: { product: id, brand, family },
      },
    ],
    `${label} is out. ${fans.length} accounts prefer ${brand}.`,
  );
}

/** How an action on this channel is written down. An invitation touches nobody until they have met. */
const WRITTEN_AS: { readonly [channel: string]: string } = {
  call: 'call-made',
  email: 'email-sent',
  message: 'email-sent',
  meeting: 'invitation-sent',
  visit: 'invitation-sent',
};

const NOTED: ReadonlySet<string> = new Set(['notes-missing', 'meeting-notes']);

/** What the CRM does when a card is accepted: it writes the call or the email down, or makes the change that was asked. */
export function carryOut(app: Scene, account: RecordId, card: Card): Promise<void> | undefined {
  const { asker, now } = app.state;
  const { action, play, record } = card;
  const deal = kindOf(record) === 'opportunity' ? record : undefined;
  const type = WRITTEN_AS[action.touch ?? ''] ?? (NOTED.has(play) ? 'note-added' : undefined);
  const values =
    play === 'close-date-passed'
      ? { closeDate: toIsoDay(now + 30 * 86_400_000) }
      : play === 'partner-register'
        ? { registered: true }
        : undefined;
  if (deal && values) return app.happen([toChange(app, account, deal, values)], 'Saved.');
  if (!type) return undefined;
  const contacts = action.contact && type !== 'note-added' ? [action.contact.id] : [];
  const data = type === 'note-added' ? { text: 'What they told us, in two lines.' } : {};
  const who = action.contact ? nameOf(app.crm, action.contact.id) : '';
  return app.happen(
    [toFact(now, { type, account, by: asker, contacts, deal, data })],
    { 'call-made': `Logged: you called ${who}.`, 'email-sent': `Logged: you emailed ${who}.` }[
      type
    ] ?? 'Logged.',
  );
}

function toChange(app: Scene, account: RecordId, record: RecordId, values: JsonObject): Fact {
  const { now, asker } = app.state;
  return {
    id: toId(now, Object.keys(values).join('-')),
    type: 'record-changed',
    subjects: [account],
    about: [record],
    occurredAt: now,
    learnedAt: now,
    grade: 'observed',
    by: asker,
    source: { record },
    data: { values },
  };
}
