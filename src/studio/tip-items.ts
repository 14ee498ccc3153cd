import type { Tip } from '../domain/tip.js';
import type { JsonObject, JsonValue } from '../domain/value.js';
import type { Item, Items } from './playbook-folder.js';

/** Longer ones are the first words of a tip. */
const MOST_TITLE = 70;
/** Marks that Markdown would read otherwise. */
const MARKS = /[\\`*_[\]<>#+!|~]/g;

/** A brace before a word would be a hole. */
const withoutHoles = (text: string): string => text.replaceAll('{', '(').replaceAll('}', ')');

/** Where a tip stands once it is written into the playbook; its author is told when that is published. */
const fileOf = (tip: Pick<Tip, 'id'>, is: 'content' | 'play'): string =>
  is === 'play' ? `plays/tip-${idOf(tip)}.yaml` : `content/tips/tip-${idOf(tip)}.md`;

/** A tip's id as a file may be called. */
function idOf({ id }: Pick<Tip, 'id'>): string {
  return id.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|-+$/g, '') || 'x';
}

/** Content that says what a rep said, for the situation that it came from. Its author's name stays out. */
export function contentOfTip(tip: Tip, owner: string): Item {
  const file = fileOf(tip, 'content');
  const tags = Object.entries(tip.attributes).map(([name, value]): [string, JsonValue] => [
    name,
    Array.isArray(value) ? value : [value as string],
  ]);
  const data: JsonObject = {
    title: titleOf(tip.text),
    kind: 'tip',
    ...(tags.length > 0 && { attributes: Object.fromEntries(tags) }),
    owner,
  };
  const body = `${withoutHoles(tip.text.trim()).replace(MARKS, (mark) => `\\${mark}`)}\n`;
  return { id: file, file, data, body };
}

/** A play that begins with the situation that a tip came from, and is open for the rest. */
export function playOfTip(tip: Tip, owner: string): Item {
  const file = fileOf(tip, 'play');
  const kinds = Object.keys(tip.attributes).map((name) => name.slice(0, name.indexOf('.')));
  const about = kinds.includes('opportunity') ? 'opportunity' : 'account';
  const asked = Object.entries(tip.attributes).flatMap(([name, value]) => {
    const kind = name.slice(0, name.indexOf('.'));
    if (kind !== about && kind !== 'account') return [];
    return [[kind === about ? name.slice(kind.length + 1) : name, value as JsonValue] as const];
  });
  const data: JsonObject = {
    id: `tip-${idOf(tip)}`,
    title: withoutHoles(titleOf(tip.text)),
    why: withoutHoles(tip.text.trim().replace(/\s+/g, ' ')),
    about,
    trigger: { becomes: asked.length > 0 ? Object.fromEntries(asked) : null },
    for: 'owner',
    owner,
  };
  return { id: file, file, data };
}

function titleOf(text: string): string {
  const [first = ''] = text.trim().split(/(?<=[.!?])\s|\n/);
  const plain = first.trim().replace(/\s+/g, ' ').replace(/[.]$/, '');
  if (plain.length <= MOST_TITLE) return plain;
  return `${plain.slice(0, MOST_TITLE).replace(/\s+\S*$/, '')} …`;
}

/** The item that a tip became, where it did. */
export function itemOfTip(tip: Pick<Tip, 'id'>, items: Items): Item | undefined {
  return items.get(fileOf(tip, 'content')) ?? items.get(fileOf(tip, 'play'));
}
