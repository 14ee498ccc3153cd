import { type TSchema, Type } from 'typebox';
import { Moment, RecordId } from './shapes.js';

/** The shapes of what goes out. They make the OpenAPI document and are held by its fuzzer; nothing is left out by them. */

const text = (description: string): TSchema => Type.String({ description });
const object = (description: string): TSchema =>
  Type.Object({}, { description, additionalProperties: true });
const listOf = (item: TSchema, description: string): TSchema => Type.Array(item, { description });

const Phrase = Type.Array(
  Type.Union([
    Type.String(),
    Type.Object({
      value: Type.Unknown(),
      type: text('choice, multi, number, boolean, date or text'),
      unit: Type.Optional(Type.String()),
      labels: Type.Optional(Type.Array(Type.String())),
    }),
  ]),
  { description: 'Text with values that whoever shows it formats' },
);

export const VerdictAnswer: TSchema = Type.Object(
  {
    play: Type.String(),
    record: Type.String(),
    title: Phrase,
    stage: text('which of the stages stopped it, or `shown`'),
    rank: Type.Optional(Type.Number()),
    priority: Type.Optional(Type.Number()),
    condition: Type.Optional(object('the condition that stopped it, with what it found')),
    change: Type.Optional(
      Type.Union([Type.Literal('several'), listOf(object('one of them'), 'what would show it')]),
    ),
    until: Type.Optional(text('when it may show again, ISO 8601')),
    answered: Type.Optional(object('the answer that stands')),
    ledger: Type.Optional(object('the ledger that is full, and who used it')),
    margin: Type.Optional(object('the margin, and what is required')),
    arbitration: Type.Optional(object('how its priority came about')),
  },
  { description: 'What became of one play on a record' },
);

const CardAnswer = Type.Object(
  {
    opening: Type.String(),
    play: Type.String(),
    record: Type.String(),
    rank: Type.Number(),
    title: Phrase,
    why: Phrase,
    changed: Type.Optional(object('what changed')),
    action: object('what to do, how long it takes, whom to reach and how'),
    mandatory: Type.Optional(Type.Boolean()),
    buyerRequested: Type.Optional(Type.Boolean()),
    arbitration: object('how its priority came about'),
    draw: Type.Optional(object('it was drawn to learn: with which probability, and among which')),
    goal: Type.Optional(object('the goal that decided')),
    deferred: Type.Optional(object('what it puts off')),
    ledger: Type.Optional(object('how often the buyer was contacted')),
    evidence: listOf(object('one fact, with its grade and source'), 'from what it is known'),
    contents: listOf(object('one piece'), 'what to say and send'),
    reasons: listOf(object('one reason'), 'for not doing it'),
    margin: Type.Optional(object('the margin, and what is required')),
  },
  { description: 'One action to show' },
);

export const DecisionAnswer: TSchema = Type.Object(
  {
    record: Type.String(),
    account: Type.String(),
    asker: Type.String(),
    now: text('ISO 8601'),
    inputs: Type.Object({
      playbook: Type.String(),
      parameters: Type.String(),
      subjects: Type.Record(Type.String(), Type.Number()),
    }),
    shown: Type.Array(CardAnswer),
    verdicts: Type.Array(VerdictAnswer),
    counts: Type.Record(Type.String(), Type.Number(), {
      description: 'how many plays each stage stopped',
    }),
    nothing: Type.Optional(object('why nothing is worth doing now, and until when')),
    names: Type.Optional(Type.Record(Type.String(), Type.String())),
    situation: Type.Optional(object('by attribute, for a tip to go with')),
    oldSince: Type.Optional(
      text('ISO 8601: the CRM does not answer, and what it had since is not known'),
    ),
    written: Type.Optional(
      Type.Record(Type.String(), object('what became of an answer in the CRM, by its id')),
    ),
  },
  { description: 'The answer for one record and one asker at one moment' },
);

export const ResponseAnswer: TSchema = Type.Union(
  [
    Type.Object({ status: Type.Literal('recorded') }),
    Type.Object({ status: Type.Literal('no-slot'), freesAt: Moment, by: Type.Optional(RecordId) }),
    Type.Object({ status: Type.Literal('closed'), because: Type.String(), at: Moment }),
    Type.Object({ status: Type.Literal('unknown-card') }),
    Type.Object({ status: Type.Literal('no-try'), because: text('why nothing began') }),
  ],
  { description: 'What became of the answer' },
);

export const HistoryAnswer: TSchema = Type.Array(
  Type.Object({
    at: Moment,
    type: text('opened, withdrawn, answered or expired'),
    play: Type.String(),
    record: Type.String(),
    opening: Type.String(),
    title: Phrase,
    text: Phrase,
    grade: Type.Optional(Type.String()),
    ended: Type.Optional(Type.String()),
    asker: Type.Optional(Type.String()),
    askerName: Type.Optional(Type.String()),
    responseId: Type.Optional(Type.String()),
    response: Type.Optional(Type.String()),
    undone: Type.Optional(Type.Boolean()),
    written: Type.Optional(
      Type.Object(
        {
          status: text('waiting, written or not-written'),
          crm: text('the CRM, as it writes its name'),
          record: Type.Optional(text('the id at the CRM')),
          because: Type.Optional(text('why it is not there')),
        },
        { description: 'of an answer of this rep: what became of it at the CRM' },
      ),
    ),
  }),
  { description: 'Newest first' },
);

export const TipsAnswer: TSchema = Type.Array(
  Type.Object({
    id: Type.String(),
    asker: Type.Optional(text('its author; of one that is not signed, its author alone is told')),
    account: Type.Optional(Type.String()),
    record: Type.Optional(Type.String()),
    play: Type.Optional(Type.String()),
    text: Type.String(),
    attributes: object('of the situation it goes with'),
    signed: Type.Boolean(),
    occurredAt: Moment,
    status: text('sent, edited, published or not-used'),
    steps: Type.Array(
      Type.Object({
        status: Type.String(),
        at: Moment,
        by: Type.Optional(Type.String()),
        because: Type.Optional(Type.String()),
        text: Type.Optional(Type.String()),
      }),
    ),
  }),
  { description: 'Tips, newest first' },
);

export const KindsAnswer: TSchema = listOf(Type.String(), 'Kinds of action');

export const PlaybookAnswer: TSchema = Type.Object(
  {
    version: Type.String(),
    name: Type.String(),
    plays: listOf(object('one play, compiled'), 'what may be shown'),
  },
  { description: 'A compiled playbook', additionalProperties: true },
);

export const PublishedAnswer: TSchema = Type.Object(
  {
    version: Type.String(),
    problems: Type.Optional(listOf(object('by file and line'), 'that hinder nothing')),
  },
  { description: 'It goes live in the background' },
);

export const VersionsAnswer: TSchema = Type.Array(
  Type.Object({
    version: Type.String(),
    name: Type.String(),
    state: text('in-force, going-live or earlier'),
  }),
  { description: 'What was published' },
);

export const DiffAnswer: TSchema = Type.Array(
  Type.Object({
    kind: text('play, content, attribute, goal, product, reason, machine or setting'),
    id: Type.String(),
    change: text('added, removed or changed'),
    fields: Type.Optional(listOf(Type.String(), 'that differ')),
  }),
  { description: 'What differs' },
);

export const AuditAnswer: TSchema = Type.Array(
  Type.Object({
    place: Type.Integer({ description: 'counts up, with gaps' }),
    at: Moment,
    actor: Type.String(),
    roles: Type.Array(Type.String()),
    action: Type.String(),
    target: Type.Optional(Type.String()),
    detail: Type.Optional(object('more about it')),
  }),
  { description: 'Newest first' },
);

export const ImportAnswer: TSchema = Type.Object(
  {
    waiting: Type.Integer(),
    since: Type.Optional(text('since when the oldest one waits, ISO 8601')),
    refused: Type.Integer(),
    latest: Type.Array(
      Type.Object({ id: Type.String(), reason: Type.String(), at: text('ISO 8601') }),
    ),
    connections: Type.Array(
      Type.Object({
        connection: Type.String(),
        crm: text('salesforce or hubspot'),
        state: text('loading, current or failing'),
        upTo: Type.Optional(text('all that the CRM had then is known, ISO 8601')),
        facts: Type.Integer(),
        problem: Type.Optional(object('what is wrong, since when, and what to do')),
        left: listOf(object('object, reason and count'), 'read, and made no fact of'),
        toWrite: Type.Optional(object('answers that are not in the CRM yet, and why')),
      }),
      { description: 'The CRMs that are read' },
    ),
  },
  { description: 'How far facts are folded' },
);

export const ErasuresAnswer: TSchema = listOf(object('what became of one'), 'Newest first');

export const PersonAnswer: TSchema = object('Facts, answers and all else, by where it is held');

export const LivesAnswer: TSchema = Type.Object(
  { status: Type.Literal('ok') },
  { description: 'All is well' },
);

/** An answer that is no JSON. */
export const answerAs = (type: string, description: string): object => ({
  description,
  content: { [type]: { schema: { type: 'string' } } },
});

export const NothingTold: TSchema = Type.Null({ description: 'Done' });

const VersionNote = Type.Object({
  number: Type.Integer(),
  by: text('who wrote it'),
  at: Moment,
  approvedBy: Type.Optional(text('who looked at it before it went live')),
  backTo: Type.Optional(Type.Integer({ description: 'it is that version again' })),
});

export const StudioAnswer: TSchema = Type.Object(
  {
    tenant: text('the company'),
    author: text('who asks, as versions name people'),
    now: Moment,
    needsSecond: Type.Boolean({ description: 'a marketer does not publish alone' }),
    published: Type.Array(VersionNote, { description: 'the live one last' }),
    proposal: Type.Optional(
      Type.Object(
        { by: Type.String(), at: Moment, base: Type.Integer() },
        {
          description: 'what waits for a second person',
        },
      ),
    ),
  },
  { description: 'What was ever in force, and what waits to be' },
);

export const FilesAnswer: TSchema = Type.Object(
  {
    files: Type.Array(
      Type.Object({
        path: Type.String(),
        text: Type.String(),
        bytes: Type.Optional(Type.Integer()),
      }),
    ),
  },
  { description: 'The files of a playbook' },
);

export const DraftAnswer: TSchema = Type.Object(
  {
    revision: Type.Integer({ description: 'counts up with each writing; 0 where there is none' }),
    base: Type.Optional(Type.Integer({ description: 'the number of the version that it changes' })),
    changes: object('items by id; null for one that was taken away'),
  },
  { description: 'What is written and not published' },
);

export const SampleAnswer: TSchema = Type.Object(
  {
    facts: listOf(object('one fact'), 'of accounts that may be seen, and of nobody in particular'),
    accounts: Type.Integer({ description: 'of which these facts are' }),
    hidden: Type.Integer({ description: 'accounts that were left out' }),
    of: Type.Optional(Type.Integer({ description: 'how many there are; with the first page' })),
    next: Type.Optional(text('where the next page begins; absent: there is none')),
  },
  { description: 'What a playbook is tried on' },
);

export const DismissalsAnswer: TSchema = Type.Array(
  Type.Object({
    id: Type.String(),
    play: Type.String(),
    reason: text('a reason of the playbook'),
    text: Type.Optional(text('in own words')),
    attributes: object('of the situation as it was'),
    occurredAt: Moment,
  }),
  { description: 'Why cards were not relevant, newest first' },
);
