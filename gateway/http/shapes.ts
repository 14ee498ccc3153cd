import { type TSchema, Type } from 'typebox';
import { TRY_LIMITS } from '../../src/domain/try.js';

/** The shapes of what comes in and goes out: they check requests and make the OpenAPI document. */

const SHUT = { additionalProperties: false } as const;

export const RecordId: TSchema = Type.String({
  pattern: '^[^:|\\s]+:[a-z-]+:[^|]+$',
  maxLength: 500,
  description: 'connection:type:id',
  examples: ['crm:account:7'],
});

export const Moment: TSchema = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$',
  maxLength: 40,
  description: 'ISO 8601 with a zone',
  examples: ['2026-11-20T09:00:00Z'],
});

const Id = Type.String({ minLength: 1, maxLength: 1000 });
const Name = Type.String({ minLength: 1, maxLength: 300 });
const Value = Type.Union([
  Type.String({ maxLength: 20_000 }),
  Type.Number(),
  Type.Boolean(),
  Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 1000 }),
]);

/** Checked for what it means by the agent, which says why it refuses one; here only that it is not absurd. */
const Fact = Type.Object(
  {
    id: Id,
    type: Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' }),
    subjects: Type.Array(RecordId, { minItems: 1, maxItems: 100 }),
    about: Type.Optional(Type.Array(RecordId, { maxItems: 1000 })),
    occurredAt: Moment,
    grade: Type.Union(
      [Type.Literal('buyer-verified'), Type.Literal('observed'), Type.Literal('claimed')],
      { description: 'how well it is known' },
    ),
    by: Type.Optional(RecordId),
    source: Type.Optional(
      Type.Object(
        { record: RecordId, field: Type.Optional(Type.String({ maxLength: 200 })) },
        SHUT,
      ),
    ),
    data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { ...SHUT, description: 'Something that happened. A fact is appended once and never edited.' },
);

export const FactBody: TSchema = Type.Union([
  Fact,
  Type.Object({ facts: Type.Array(Fact, { minItems: 1, maxItems: 1000 }) }, SHUT),
]);

/** The portal says whose facts they are: the app's secret, which signs them, may serve several companies. */
export const WebhookBody: TSchema = Type.Object(
  {
    portalId: Type.Integer({ minimum: 0 }),
    facts: Type.Array(Fact, { minItems: 1, maxItems: 1000 }),
  },
  SHUT,
);

export const HubspotEvents: TSchema = Type.Array(Type.Object({}, { additionalProperties: true }), {
  minItems: 1,
  maxItems: 1000,
  description: 'Events as HubSpot sends them, of one account',
});

export const Taken: TSchema = Type.Object(
  {
    accepted: Type.Integer({ description: 'durable now, and folded soon' }),
    repeated: Type.Integer({ description: 'known already, by id' }),
    refused: Type.Array(Type.Object({ id: Type.String(), reason: Type.String() })),
  },
  { description: 'What became of the facts' },
);

export const DecideBody: TSchema = Type.Object(
  {
    record: RecordId,
    verdicts: Type.Optional(Type.Literal('all')),
    answers: Type.Optional(
      Type.Array(Id, { maxItems: 1000, description: 'of the rep: what became of them in the CRM' }),
    ),
  },
  SHUT,
);

export const WhyBody: TSchema = Type.Object({ play: Name, record: RecordId }, SHUT);

const Text = Type.Optional(Type.String({ maxLength: 4000 }));

const Response = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('done'),
      outcome: Type.Optional(Name),
      answer: Type.Optional(Value),
    },
    SHUT,
  ),
  Type.Object({ kind: Type.Literal('already-done') }, SHUT),
  Type.Object({ kind: Type.Literal('not-relevant'), reason: Name, text: Text }, SHUT),
  Type.Object(
    { kind: Type.Literal('snooze'), until: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }) },
    SHUT,
  ),
  Type.Object(
    { kind: Type.Union([Type.Literal('helpful'), Type.Literal('not-helpful')]), text: Text },
    SHUT,
  ),
  Type.Object({ kind: Type.Literal('outcome'), outcome: Name }, SHUT),
  Type.Object({ kind: Type.Literal('undo'), of: Id }, SHUT),
  Type.Object(
    {
      kind: Type.Literal('try'),
      how: Type.String({
        minLength: 1,
        maxLength: TRY_LIMITS.words,
        description: 'what the rep does another way',
      }),
      role: Type.Optional(Name),
      weeks: Type.Integer({ minimum: 1, maximum: TRY_LIMITS.weeks }),
      accounts: Type.Integer({ minimum: TRY_LIMITS.fewest, maximum: TRY_LIMITS.accounts }),
    },
    SHUT,
  ),
  Type.Object({ kind: Type.Literal('end-try'), of: Id }, SHUT),
]);

export const ResponseBody: TSchema = Type.Object(
  {
    id: Id,
    play: Name,
    record: RecordId,
    account: RecordId,
    opening: Type.String({ maxLength: 2000 }),
    occurredAt: Moment,
    response: Response,
  },
  { ...SHUT, description: 'What a rep did with a card. The same id again changes nothing.' },
);

const Probability = Type.Number({ exclusiveMinimum: 0, maximum: 1 });
/** What the card says of itself: the agent draws among four at most. */
const DrawShape = Type.Object(
  {
    probability: Probability,
    among: Type.Array(
      Type.Object(
        {
          play: Type.String({ minLength: 1, maxLength: 200 }),
          record: RecordId,
          probability: Probability,
        },
        SHUT,
      ),
      { minItems: 1, maxItems: 4 },
    ),
  },
  SHUT,
);
export const SeenBody: TSchema = Type.Object(
  {
    id: Id,
    account: RecordId,
    opening: Type.String({ minLength: 1, maxLength: 2000 }),
    draw: Type.Optional(DrawShape),
    contents: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        maxItems: 3,
        description: 'Ids of the content that the card brought.',
      }),
    ),
  },
  SHUT,
);

export const TipBody: TSchema = Type.Object(
  {
    id: Id,
    account: Type.Optional(RecordId),
    record: Type.Optional(RecordId),
    play: Type.Optional(Name),
    text: Type.String({ minLength: 1, maxLength: 4000 }),
    attributes: Type.Record(Type.String({ maxLength: 300 }), Value),
    signed: Type.Boolean(),
    occurredAt: Moment,
  },
  SHUT,
);

export const SettleTipBody: TSchema = Type.Object(
  {
    status: Type.Union(
      [Type.Literal('edited'), Type.Literal('published'), Type.Literal('not-used')],
      {},
    ),
    text: Text,
    because: Text,
  },
  SHUT,
);

export const KindBody: TSchema = Type.Object({ on: Type.Boolean() }, SHUT);

const Files = Type.Array(
  Type.Object(
    {
      path: Type.String({
        pattern: '^(?!/)(?!.*(^|/)\\.\\.?(/|$))[^\\\\\\u0000]{1,300}$',
        description: 'relative to the folder of the playbook',
      }),
      text: Type.String({ maxLength: 300_000 }),
      bytes: Type.Optional(Type.Integer({ minimum: 0, description: 'of a file that is no text' })),
    },
    SHUT,
  ),
  { minItems: 1, maxItems: 5000 },
);

export const PlaybookBody: TSchema = Type.Object(
  { files: Files },
  { ...SHUT, description: 'The files of the playbook folder; they are compiled here.' },
);

const VersionNumber = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

export const StudioBody: TSchema = Type.Object(
  {
    files: Files,
    base: Type.Integer({
      minimum: 0,
      maximum: 2_147_483_647,
      description: 'the number of the version that was changed; 0 where none was live',
    }),
  },
  { ...SHUT, description: 'The files of the playbook, and over which version they were written' },
);

export const DraftBody: TSchema = Type.Object(
  {
    revision: Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'which it takes the place of; 0 where there was none',
    }),
    base: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647 })),
    changes: Type.Record(
      Type.String(),
      Type.Union([
        Type.Null(),
        Type.Object(
          {
            id: Type.String(),
            file: Type.String(),
            data: Type.Object({}, { additionalProperties: true }),
          },
          { additionalProperties: true },
        ),
      ]),
    ),
  },
  { ...SHUT, description: 'What is written and not published' },
);

export const ProposalBody: TSchema = Type.Object(
  { at: Moment },
  { ...SHUT, description: 'Which proposal: a later one has another moment' },
);

export const VersionParams: TSchema = Type.Object({
  number: VersionNumber,
});

const CrmId = Type.String({ minLength: 1, maxLength: 128, description: 'its id in the CRM' });

/** What a server of the CRM is asked of its user, and what it answers. */
export const AskedOfHost: TSchema = Type.Object(
  {
    records: Type.Array(CrmId, { maxItems: 200 }),
    fields: Type.Array(Type.String({ maxLength: 200 }), {
      maxItems: 1000,
      description: 'Account.Industry',
    }),
  },
  SHUT,
);

export const RepOfTokenBody: TSchema = Type.Object(
  { user: CrmId, record: Type.Optional(CrmId), rights: Type.Optional(AskedOfHost) },
  SHUT,
);

export const VersionBody: TSchema = Type.Object({ version: Name }, SHUT);
