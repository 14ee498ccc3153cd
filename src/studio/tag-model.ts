import { runThrough, type Sliced, within } from '../core/run-sliced.js';
import { wilsonInterval } from '../core/statistics.js';
import { splitWords, type Word } from './split-words.js';
import {
  BELIEF,
  type Correction,
  evidenceFor,
  type Ground,
  type Learned,
  layGround,
  learnTags,
  type Seen,
} from './tag-evidence.js';
import { type Reason, reasonsFor } from './tag-reasons.js';
import type { TagAttribute, Tagged, Tags } from './tagged.js';
import { type Judged, probabilityOf, weighEvidence } from './weigh-evidence.js';

export type { Correction } from './tag-evidence.js';
export type { Reason } from './tag-reasons.js';
export {
  type TagAttribute,
  type Tagged,
  type Tags,
  tagAttributesOf,
  tagsOf,
  textOf,
} from './tagged.js';

export interface TagProposal {
  readonly attribute: string;
  readonly value: string;
  readonly probability: number;
  readonly because: readonly Reason[];
}

export interface TagModel {
  /** Most probable first; nothing that the content has. */
  propose(text: string, having: Tags): readonly TagProposal[];
  readonly quality: TagQuality;
}

/** A 95 % interval. */
export type Interval = readonly [low: number, high: number];

/** How the proposals for contents that were held out compare with the tags that these have. */
export interface TagQuality {
  /** Of what was proposed, how much was right; undefined where too little was. */
  readonly precision: Interval | undefined;
  /** Of what was wanted, how much was proposed; undefined where too little was. */
  readonly recall: Interval | undefined;
  /** Contents. */
  readonly heldOut: number;
  /** Tags, as the next two. */
  readonly proposed: number;
  readonly right: number;
  readonly wanted: number;
}

const FEWEST_CONTENTS = 10;
/** An interval of fewer says nothing. */
const FEWEST_COUNTED = 20;
/** Contents that are held out, and texts alike that are asked about a text. */
const MOST_HELD_OUT = 1500;
const MOST_ALIKE = 12;
const SAME_TEXT = 0.999;
/** The threshold before there is anything to choose it by, and its limits. */
const THRESHOLD = 0.4;
const LOWEST = 0.3;
const HIGHEST = 0.9;

/** All of {@link tagTraining} at once: for libraries of some dozen contents. */
export function trainTagModel(
  library: readonly Tagged[],
  attributes: readonly TagAttribute[],
  corrections: readonly Correction[] = [],
): TagModel {
  return runThrough(tagTraining(library, attributes, corrections));
}

/**
 * A model that proposes tags for texts, from the names of the values, from contents that are alike, and from what words
 * contents with a tag use; how much each of these is worth is learned on contents that were held out, and by what people
 * took and refused. The same library gives the same model.
 */
export function* tagTraining(
  library: readonly Tagged[],
  attributes: readonly TagAttribute[],
  corrections: readonly Correction[],
): Sliced<TagModel> {
  const ground = yield* within(layGround(library, attributes, corrections), 0, 0.3);
  const { judged, heldOut, wanted } = yield* within(holdOut(ground), 0.3, 0.85);
  const learned = yield* within(learnTags(ground), 0.85, 0.95);
  const { threshold, proposed, right } = yield* within(
    chooseThreshold(judged, wanted, ground.folds),
    0.95,
    0.99,
  );
  const weights = yield* within(weighEvidence(judged, BELIEF), 0.99, 1);
  const refused = new Set(
    ground.rows.flatMap(({ only, tags, words }) =>
      only === undefined || tags.has(only) ? [] : [`${only} ${sameWords(words)}`],
    ),
  );
  return {
    propose: (text, having) => {
      const words = splitWords(text);
      const seen = see(text, words, having, ground);
      const same = sameWords(words);
      const found = ground.tags.flatMap(({ attribute, value }, tag): TagProposal[] => {
        const own = Object.hasOwn(having, attribute) ? having[attribute] : undefined;
        if (own?.includes(value) || (own?.length && isBoolean(value))) return [];
        const evidence = evidenceFor(tag, seen, ground, learned);
        const probability = evidence ? probabilityOf(evidence, weights) : 0;
        if (probability < threshold || refused.has(`${tag} ${same}`)) return [];
        const because = reasonsFor(tag, text, words, seen, ground, learned);
        return [{ attribute, value, probability, because }];
      });
      found.sort((a, b) => b.probability - a.probability);
      // Yes and no exclude each other.
      const decided = new Set<string>();
      return found.filter(({ attribute, value }) => {
        if (!isBoolean(value)) return true;
        const isFirst = !decided.has(attribute);
        decided.add(attribute);
        return isFirst;
      });
    },
    quality: {
      precision: proposed < FEWEST_COUNTED ? undefined : wilsonInterval(right, proposed),
      recall: wanted < FEWEST_COUNTED ? undefined : wilsonInterval(right, wanted),
      heldOut,
      proposed,
      right,
      wanted,
    },
  };
}

const isBoolean = (value: string): boolean => value === 'true' || value === 'false';
const sameWords = (words: readonly Word[]): string => words.map(({ folded }) => folded).join(' ');

/** A text as the model sees it. The content itself, where it is in the library, is no witness of what it lacks. */
function see(text: string, words: readonly Word[], having: Tags, ground: Ground): Seen {
  const { vectors, findNames, rows, tags } = ground;
  const vector = vectors.vectorOf(words);
  const isNews = (tag: number): boolean => {
    const { attribute, value } = tags[tag] ?? { attribute: '', value: '' };
    return !(Object.hasOwn(having, attribute) && having[attribute]?.includes(value));
  };
  const neighbours = vectors
    .nearest(vector, MOST_ALIKE + 1)
    .filter(
      ({ row, likeness }) => likeness < SAME_TEXT || [...(rows[row]?.tags ?? [])].some(isNews),
    )
    .slice(0, MOST_ALIKE);
  return { vector, hits: findNames(text, words), neighbours };
}

interface HeldOut {
  readonly judged: readonly (Judged & { readonly fold: number; readonly corrects: boolean })[];
  readonly heldOut: number;
  readonly wanted: number;
}

/** What would have been thought of each text, learned from the texts of the other folds. */
function* holdOut(ground: Ground): Sliced<HeldOut> {
  const { rows, contents, vectors, tags, folds } = ground;
  if (contents < FEWEST_CONTENTS) return { judged: [], heldOut: 0, wanted: 0 };
  const step = Math.max(1, Math.ceil(contents / MOST_HELD_OUT));
  const judged: HeldOut['judged'][number][] = [];
  let heldOut = 0;
  let wanted = 0;
  for (let fold = 0; fold < folds; fold++) {
    const learned: Learned = yield* within(
      learnTags(ground, fold),
      fold / folds,
      (fold + 0.7) / folds,
    );
    for (const [at, row] of rows.entries()) {
      if (row.fold !== fold || (at < contents && at % step !== 0)) continue;
      const neighbours = vectors
        .nearest(row.vector, MOST_ALIKE + 1)
        .filter((one) => one.row !== at && (at < contents || one.likeness < SAME_TEXT))
        .slice(0, MOST_ALIKE);
      if (at < contents) {
        heldOut++;
        wanted += row.tags.size;
      }
      const asked = row.only === undefined ? tags.keys() : [row.only];
      for (const tag of asked) {
        const evidence = evidenceFor(tag, { ...row, neighbours }, ground, learned);
        if (!evidence) continue;
        const right = row.tags.has(tag);
        judged.push({ evidence, right, counts: row.counts, fold, corrects: at >= contents });
      }
      if (at % 20 === 0) yield (fold + 0.7 + (0.3 * at) / rows.length) / folds;
    }
  }
  return { judged, heldOut, wanted };
}

interface Scored {
  readonly probability: number;
  readonly right: boolean;
  readonly fold: number;
}

/** Each fold is judged by weights and a threshold from the others. */
function* chooseThreshold(
  judged: HeldOut['judged'],
  wanted: number,
  folds: number,
): Sliced<{ readonly threshold: number; readonly proposed: number; readonly right: number }> {
  const scored: Scored[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const others = judged.filter((one) => one.fold !== fold);
    const weights = yield* within(weighEvidence(others, BELIEF), fold / folds, (fold + 1) / folds);
    for (const { evidence, right, ...one } of judged)
      if (one.fold === fold && !one.corrects)
        scored.push({ probability: probabilityOf(evidence, weights), right, fold });
  }
  let proposed = 0;
  let right = 0;
  for (let fold = 0; fold < folds; fold++) {
    const others = scored.filter((one) => one.fold !== fold);
    const least = bestThreshold(others, (wanted * (folds - 1)) / folds);
    const taken = scored.filter((one) => one.fold === fold && one.probability >= least);
    proposed += taken.length;
    right += taken.filter((one) => one.right).length;
  }
  return { threshold: bestThreshold(scored, wanted), proposed, right };
}

/** The one with the most right among what is proposed and what is wanted together (F1). */
function bestThreshold(scored: readonly Scored[], wanted: number): number {
  if (wanted < FEWEST_COUNTED) return THRESHOLD;
  const sorted = [...scored].sort((a, b) => b.probability - a.probability);
  let best = 0;
  let threshold = HIGHEST;
  let right = 0;
  for (const [at, one] of sorted.entries()) {
    if (one.probability < LOWEST) break;
    right += Number(one.right);
    const score = right / (at + 1 + wanted);
    if (score <= best) continue;
    best = score;
    threshold = one.probability;
  }
  return Math.min(HIGHEST, threshold);
}
