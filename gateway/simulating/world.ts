import { readFileSync } from 'node:fs';
import { OpportuneError } from 'opportune';
import { type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { ACTION_KINDS, type ActionKind } from '../../src/domain/playbook.js';

/** A sales team of which everything is known, as a file says it. Logarithms of odds are natural. */
export interface World {
  readonly name: string;
  readonly about?: string;
  readonly days: number;
  readonly accounts: number;
  /** How likely something happens at an account on a day, upon which its rep looks at the cards. */
  readonly moments: number;
  /** Kinds of accounts, which the team can see, and how many in one are of each. */
  readonly segments: { readonly [segment: string]: number };
  /** How likely a rep does what the first, the second and the third card say. */
  readonly follows: readonly [number, number, number];
  /** How many days a buyer who answers takes, on average. */
  readonly delayDays: number;
  /** By how much truth is drawn anew with every seed: standard deviations of log-odds. */
  readonly differ: {
    /** Of how well plays do. */
    readonly plays: number;
    /** Of a play from one segment to another. */
    readonly segments: number;
    /** Of what its author guesses from how well it does. */
    readonly guesses: number;
  };
  /** So many touches of an account in so many days. */
  readonly contact: { readonly touches: number; readonly days: number };
  /** For so many days a play that was done rests on an account. */
  readonly rests: number;
  /** What hurts goes to no account that is less satisfied; satisfaction lies anywhere between 0 and 1. */
  readonly floor: number;
  /** How far the log-odds of every play wander in a day. */
  readonly drift?: number;
  /** By how much each touch within a week lowers the log-odds of all that is done next. */
  readonly fatigue?: number;
  /** What reps did before, who chose by how ready an account is, which nobody else sees. */
  readonly history?: {
    readonly days: number;
    /** How strongly they chose by it. */
    readonly chooses: number;
    /** How much it moves the log-odds: a standard deviation. */
    readonly matters: number;
  };
  readonly plays: readonly WorldPlay[];
}

export interface WorldPlay {
  readonly id: string;
  readonly kind: ActionKind;
  /** Doing it touches the buyer. */
  readonly touch?: boolean;
  /** What it earns when the buyer acts. */
  readonly value: number;
  /** How likely the buyer acts when it is done, in the middle of what seeds draw. */
  readonly rate: number;
  /** It makes an account less satisfied, and so goes to none below the floor. */
  readonly hurts?: boolean;
}

const above0 = { exclusiveMinimum: 0 };
const Share = Type.Number({ minimum: 0, maximum: 1 });
const Odds = Type.Number({ minimum: 0, maximum: 10 });
const Name = Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9-]{0,39}$' });
const SCHEMA: TSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    about: Type.Optional(Type.String({ maxLength: 1_000 })),
    days: Type.Integer({ minimum: 1, maximum: 365 }),
    accounts: Type.Integer({ minimum: 1, maximum: 10_000 }),
    moments: Share,
    segments: Type.Record(Name, Type.Number({ minimum: 0, maximum: 1 }), {
      minProperties: 1,
      maxProperties: 20,
    }),
    follows: Type.Tuple([Share, Share, Share]),
    delayDays: Type.Number({ ...above0, maximum: 365 }),
    differ: Type.Object(
      { plays: Odds, segments: Odds, guesses: Odds },
      { additionalProperties: false },
    ),
    contact: Type.Object(
      {
        touches: Type.Integer({ minimum: 1, maximum: 1_000 }),
        days: Type.Integer({ minimum: 1, maximum: 31 }),
      },
      { additionalProperties: false },
    ),
    rests: Type.Integer({ minimum: 1, maximum: 365 }),
    floor: Share,
    drift: Type.Optional(Odds),
    fatigue: Type.Optional(Odds),
    history: Type.Optional(
      Type.Object(
        { days: Type.Integer({ minimum: 1, maximum: 365 }), chooses: Odds, matters: Odds },
        { additionalProperties: false },
      ),
    ),
    plays: Type.Array(
      Type.Object(
        {
          id: Name,
          kind: Type.Union(ACTION_KINDS.map((kind) => Type.Literal(kind))),
          touch: Type.Optional(Type.Boolean()),
          value: Type.Number({ ...above0, maximum: 1e9 }),
          rate: Type.Number({ ...above0, exclusiveMaximum: 1 }),
          hurts: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 60 },
    ),
  },
  { additionalProperties: false },
);
const MOST_BYTES = 1_000_000;

/** A world of a file of JSON; throws with the place of what is wrong in it. */
export function readWorld(file: string): World {
  const wrong = (what: string, remedy: string, cause?: unknown): OpportuneError =>
    new OpportuneError('opportune/world', what, { where: file, remedy, cause });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw wrong('there is no such file', 'examples/worlds has five');
  }
  if (text.length > MOST_BYTES) throw wrong('it is too large for a world', 'A world is one page');
  let world: World;
  try {
    world = JSON.parse(text);
  } catch (error) {
    throw wrong(`it is no JSON: ${(error as Error).message}`, 'See docs/simulate.md', error);
  }
  if (!Value.Check(SCHEMA, world)) {
    const [first] = Value.Errors(SCHEMA, world);
    const at = first?.instancePath.slice(1).replaceAll('/', '.') || 'the world';
    // What no schema knows is held to one that nothing meets.
    const fault = first?.keyword === 'boolean' ? 'is not known' : (first?.message ?? 'is wrong');
    throw wrong(`${at} ${fault}`, 'See docs/simulate.md');
  }
  const shares = Object.values(world.segments).reduce((sum, share) => sum + share, 0);
  if (Math.abs(shares - 1) > 1e-6)
    throw wrong(`segments add up to ${shares}`, 'Write shares that add up to 1');
  const seen = new Set<string>();
  for (const { id, kind } of world.plays) {
    if (seen.has(id)) throw wrong(`plays: there are two "${id}"`, 'Give each an id of its own');
    if (seen.has(`${kind} `))
      throw wrong(
        `plays: two are of the kind ${kind}`,
        'Only one card of a kind shows at an account: give each a kind of its own',
      );
    seen.add(id).add(`${kind} `);
  }
  return world;
}
