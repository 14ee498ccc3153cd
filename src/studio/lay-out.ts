import type { Path } from './play-data.js';
import type { Part, Sentence, Slot, Unsaid } from './sentence.js';

/** A line of a play as an editor draws it. */
export interface Line {
  readonly parts: readonly Part[];
  /** How deep it stands in groups, 0 outside of any. */
  readonly depth: number;
  /** The condition that begins on it: what can be counted, denied, grouped, taken away. */
  readonly condition?: Path;
}

export type BlockId =
  | 'start'
  | 'eligibility'
  | 'applicability'
  | 'suitability'
  | 'action'
  | 'audience'
  | 'worth'
  | 'rest'
  | 'keeping';

/** What belongs together in a play: when it starts, what is done, for whom. */
export interface Block {
  readonly id: BlockId;
  readonly lines: readonly Line[];
  /** What could be said here and is not. */
  readonly unsaid: readonly Unsaid[];
}

/** By field of the play; what has no words of its own is kept last. */
const BLOCKS: readonly (readonly [BlockId, readonly string[]])[] = [
  ['start', ['about', 'trigger']],
  ['eligibility', ['eligibility']],
  ['applicability', ['applicability']],
  ['suitability', ['suitability']],
  ['action', ['title', 'action', 'content', 'offers', 'why', 'expires']],
  ['audience', ['for']],
  ['worth', ['serves', 'mandatory', 'buyerRequested', 'propensity', 'lever', 'context']],
  ['rest', ['coolDown', 'valid']],
  ['keeping', []],
];

const blockOf = (field: string | number | undefined): BlockId =>
  BLOCKS.find(([, fields]) => fields.includes(String(field)))?.[0] ?? 'keeping';

const GROUPS: ReadonlySet<string | number> = new Set(['any', 'all', 'not', 'has', 'hasNo']);

/** Where a condition begins, and how deep. */
function beginOf({ of, kind, path }: Slot): Pick<Line, 'condition' | 'depth'> | undefined {
  const isBegin = (of === 'key' && kind === 'name') || kind === 'group' || kind === 'condition';
  if (!isBegin || blockOf(path[0]) === 'action') return undefined;
  return { condition: path, depth: path.slice(0, -1).filter((key) => GROUPS.has(key)).length };
}

/**
 * A sentence in blocks and lines: each condition on a line of its own, each part of what is done too. Read one after the
 * other, the lines are the sentence.
 */
export function layOut({ parts, unsaid }: Sentence): readonly Block[] {
  const lines = new Map<BlockId, Line[]>(BLOCKS.map(([id]) => [id, []]));
  let line: { parts: Part[]; depth: number; condition?: Path } | undefined;
  let field: string | number | undefined;
  let words = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      words += part;
      continue;
    }
    const [own] = part.path;
    const begin = beginOf(part);
    const isClause = line === undefined || (own !== field && field !== 'about');
    const isFirst = line !== undefined && line.condition === undefined && !isClause;
    const goesOn = !isClause && (!begin || (isFirst && begin.depth === 0));
    const [before, after] = goesOn || line === undefined ? ['', words] : split(words, isClause);
    words = '';
    if (!goesOn || line === undefined) {
      if (before) line?.parts.push(before);
      line = { parts: [], depth: begin?.depth ?? 0 };
      lines.get(blockOf(own))?.push(line);
    }
    if (begin && line.condition === undefined) line.condition = begin.condition as Path;
    const said = line.parts.length === 0 ? after.trimStart() : after;
    if (said) line.parts.push(said);
    line.parts.push(part);
    field = own;
  }
  if (words) line?.parts.push(words);
  return BLOCKS.map(([id]) => ({
    id,
    lines: lines.get(id) ?? [],
    unsaid: unsaid.filter((one) => blockOf(one.unsaid[0]) === id),
  }));
}

/** What ends a line stays on it; another part begins behind a comma or full stop, another condition with "and" or "or". */
function split(words: string, isClause: boolean): readonly [string, string] {
  const [ends = words] =
    (isClause ? /^[^.,]*[.,]?/ : /^.*?(?= (?:and|or) \(?$)|^.*$/).exec(words) ?? [];
  return [ends.trimEnd(), words.slice(ends.length)];
}
