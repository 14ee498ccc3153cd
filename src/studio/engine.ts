import { runSliced } from '../core/run-sliced.js';
import type { Explanation } from '../domain/condition.js';
import type { Fact } from '../domain/fact.js';
import type { Playbook } from '../domain/playbook.js';
import { kindOf, type SubjectKey } from '../domain/value.js';
import { type Foresight, gatherHistory } from '../foresee.js';
import { createForesight } from '../foresee-again.js';
import {
  type Compiled,
  createCompiler,
  type Problem,
  type SourceFile,
} from '../plan/compile-playbook.js';
import {
  attributesKeyOf,
  type Candidate,
  type Cast,
  gatherCast,
  previewConditions,
} from '../preview.js';
import { type Rehearsed, rehearse } from '../rehearse.js';
import { askedConditions } from './asked-conditions.js';
import { type Coverage, coverage } from './coverage.js';
import { createEffectEngine, type EffectEngine } from './effect-engine.js';
import {
  allFigures,
  type CountedFigures,
  contentFigures,
  type Figures,
  gatherTold,
  type Told,
} from './figures.js';
import { isMap, type Path, type PlayData } from './play-data.js';
import { createTagEngine, type TagEngine } from './tag-engine.js';
import { findLying, type Lying } from './what-lies.js';

/** How many records meet a condition, of those that came to it. */
export interface Count {
  readonly path: Path;
  readonly from: number;
  readonly meet: number;
}

export interface PlayPreview {
  /** Records of the kind that the play is about. */
  readonly of: number;
  readonly counts: readonly Count[];
  readonly would: readonly Candidate[];
  readonly nearly: readonly (Candidate & {
    readonly but: Path;
    readonly explanation: Explanation;
  })[];
  /** The playbook's attributes, to word the explanations by. */
  readonly playbook: Playbook;
}

export interface Checked {
  readonly problems: readonly Problem[];
  /** Absent when there is an error. */
  readonly playbook?: Playbook;
}

/** What would have been otherwise, with the names of what it is about. */
export interface NamedForesight extends Foresight {
  readonly names: { readonly [id: string]: string };
}

/** What lies idle in a playbook, and how its plays and its content did. */
export interface Idle {
  readonly lying: readonly Lying[];
  readonly figures: readonly CountedFigures[];
  readonly contents: readonly CountedFigures[];
  /** To say them by their titles. */
  readonly playbook: Playbook;
}

/** What takes long: compiling all of a playbook, and trying it on real accounts. It runs beside the page. */
export interface StudioEngine extends TagEngine, EffectEngine {
  check(files: readonly SourceFile[]): Promise<Checked>;
  /** Undefined where the settings, attributes or machines of the playbook have errors. `progress` is told the share done. */
  preview(
    files: readonly SourceFile[],
    play: PlayData,
    progress?: (share: number) => void,
  ): Promise<PlayPreview | undefined>;
  /** The last 90 days through two playbooks; undefined where one of them has errors. Rejects when it is stopped. */
  foresee(
    before: readonly SourceFile[],
    after: readonly SourceFile[],
    progress?: (share: number) => void,
    signal?: AbortSignal,
  ): Promise<NamedForesight | undefined>;
  /**
   * Where the playbook speaks and where it does not, by two attributes; undefined where it has errors, or one of them
   * cannot be mapped.
   */
  coverage(
    files: readonly SourceFile[],
    attributes: readonly [row: string, column: string],
    progress?: (share: number) => void,
  ): Promise<Coverage | undefined>;
  /** What does nothing, and what people did with cards; undefined where the playbook has errors. */
  idle(files: readonly SourceFile[], progress?: (share: number) => void): Promise<Idle | undefined>;
  /** What people did with cards that brought a content, by its id; undefined where no panel has told of one. */
  contentFigures(id: string): Promise<Figures | undefined>;
  /** All that is known of an account, of reps and of the company, in order. */
  factsOf(account: SubjectKey): Promise<readonly Fact[]>;
}

export interface EngineOptions {
  /** In order of time. */
  readonly facts: readonly Fact[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** `YYYY-MM-DD`: what has expired is judged on this day. */
  readonly today: string;
  /** Settles when the next slice of long work may begin. */
  readonly pause: () => Promise<void>;
}

/** A playbook gone through, or on the way. */
interface Rehearsal {
  readonly version: string;
  readonly found: Promise<Rehearsed>;
  readonly stop: AbortController;
  /** Who is told of its progress. */
  readonly told: Set<(share: number) => void>;
}

/** So far back a change is tried. */
const FORESEEN_MS = 90 * 86_400_000;
/** Most of a list that anybody reads. */
const MOST_LISTED = 200;

export function createEngine({ facts, now, today, pause }: EngineOptions): StudioEngine {
  let cast: Promise<Cast> | undefined;
  let castKey = '';
  // The draft, the playbook in force, and the settings with what a play asks: each is compiled again and again.
  const compile = compileLast(createCompiler({ today }));
  const compileLive = compileLast(createCompiler({ today }));
  const compileAsked = createCompiler({ today });
  let foresight: ReturnType<typeof createForesight> | undefined;

  /** Everybody is folded again only when an attribute is another one. */
  async function castFor(playbook: Playbook, progress: (share: number) => void): Promise<Cast> {
    const key = attributesKeyOf(playbook);
    if (key !== castKey || !cast) {
      castKey = key;
      cast = runSliced(gatherCast(facts, playbook, now), { pause, progress });
    }
    return cast;
  }

  let told: Told | undefined;
  const tellings = (): Told => {
    told ??= gatherTold(facts);
    return told;
  };
  let didContents: ReadonlyMap<string, Figures> | undefined;
  const ofContents = (): ReadonlyMap<string, Figures> => {
    didContents ??= contentFigures(tellings(), now);
    return didContents;
  };

  let rehearsed: Rehearsal | undefined;

  /** One playbook is asked about several times, and gone through once; another one stops what is under way. */
  function rehearseFor(playbook: Playbook, progress: (share: number) => void): Promise<Rehearsed> {
    const { version } = playbook;
    if (rehearsed?.version !== version) {
      rehearsed?.stop.abort();
      const span = { from: now - FORESEEN_MS, until: now };
      const stop = new AbortController();
      const told = new Set<(share: number) => void>();
      const found = runSliced(rehearse(facts, playbook, span), {
        pause,
        signal: stop.signal,
        progress: (share) => {
          for (const tell of told) tell(share);
        },
      });
      const own: Rehearsal = { version, found, stop, told };
      rehearsed = own;
      found.catch(() => {
        if (rehearsed === own) rehearsed = undefined;
      });
    }
    rehearsed.told.add(progress);
    return rehearsed.found;
  }

  const foreseen = async (
    playbooks: { readonly before: Playbook; readonly after: Playbook },
    progress: (share: number) => void,
    signal: AbortSignal | undefined,
  ): Promise<NamedForesight> => {
    foresight ??= createForesight(gatherHistory(facts, now), {
      from: now - FORESEEN_MS,
      until: now,
    });
    const found = await runSliced(foresight(playbooks), {
      pause,
      progress,
      ...(signal && { signal }),
    });
    const named = await castFor(playbooks.after, () => undefined);
    const ids = new Set([
      ...found.examples.flatMap(({ account, record }) => [account, record]),
      ...found.overruns.map(({ who }) => who),
    ]);
    return { ...found, names: namesIn(named, ids) };
  };

  return {
    ...createTagEngine(pause),
    ...createEffectEngine({ facts, now, today, pause }),
    check: async (files) => compile(files),
    async preview(files, play, progress = () => undefined) {
      const { asked, playbook } = askedConditions(files, play, compileAsked);
      if (!playbook) return undefined;
      const about =
        play.about === 'account' || play.about === 'contact' ? play.about : 'opportunity';
      const contact = isMap(play.action) ? play.action.contact : undefined;
      const found = previewConditions(
        await castFor(playbook, progress),
        playbook,
        { about, ...(typeof contact === 'string' && { contact }) },
        asked,
      );
      const pathOf = (i: number): Path => asked[i]?.path ?? [];
      return {
        of: found.of,
        counts: found.counts.map((count, i) => ({ ...count, path: pathOf(i) })),
        would: found.would,
        nearly: found.nearly
          .slice(0, MOST_LISTED)
          .map(({ but, ...candidate }) => ({ ...candidate, but: pathOf(but) })),
        playbook,
      };
    },
    async foresee(before, after, progress = () => undefined, signal) {
      const [old, next] = [compileLive(before), compile(after)];
      return old.playbook && next.playbook
        ? foreseen({ before: old.playbook, after: next.playbook }, progress, signal)
        : undefined;
    },
    async coverage(files, [row, column], progress = () => undefined) {
      const { playbook } = compile(files);
      return playbook && coverage(await rehearseFor(playbook, progress), row, column);
    },
    async idle(files, progress = () => undefined) {
      const { playbook, problems } = compile(files);
      if (!playbook) return undefined;
      const found = await rehearseFor(playbook, progress);
      const figures = allFigures(tellings(), found);
      return {
        lying: findLying(found, problems, figures),
        figures: [...figures.plays.values()],
        contents: [...figures.contents.values()],
        playbook,
      };
    },
    contentFigures: async (id) => ofContents().get(id),
    factsOf: async (account) =>
      facts.filter(
        ({ subjects, occurredAt }) =>
          occurredAt <= now &&
          subjects.some((key) => key === account || ['rep', 'company'].includes(kindOf(key))),
      ),
  };
}

function namesIn({ accounts }: Cast, ids: ReadonlySet<string>): { readonly [id: string]: string } {
  const names: { [id: string]: string } = {};
  for (const { records } of accounts)
    for (const [id, { values }] of Object.entries(records)) {
      const name = values.name?.value;
      if (ids.has(id) && typeof name === 'string') names[id] = name;
    }
  return names;
}

/** What is compiled again as it was is not. */
function compileLast(
  compile: (files: readonly SourceFile[]) => Compiled,
): (files: readonly SourceFile[]) => Compiled {
  let last: { readonly files: readonly SourceFile[]; readonly compiled: Compiled } | undefined;
  return (files) => {
    const isSame =
      last?.files.length === files.length &&
      last.files.every(({ path, text }, i) => path === files[i]?.path && text === files[i]?.text);
    if (!last || !isSame) last = { files, compiled: compile(files) };
    return last.compiled;
  };
}
