import { freePath } from '../src/studio/content-item.js';
import { CONTENT_STRINGS as WORDS } from '../src/studio/content-strings.js';
import type { Item } from '../src/studio/playbook-folder.js';
import type { StudioDesk } from './studio-state.js';

const KINDS: readonly (readonly [words: RegExp, kind: string])[] = [
  [/battle ?card|competitor/i, 'battlecard'],
  [/case study|success story|customer story/i, 'case-study'],
  [/^(subject|betreff|hi|hello|dear)\b/im, 'email'],
  [/proposal|offer/i, 'proposal'],
  [/checklist/i, 'checklist'],
  [/brochure/i, 'brochure'],
];

/** New content of this text, of the kind that its words say; its id. */
export function addContent(
  desk: StudioDesk,
  { title, body }: { readonly title: string; readonly body: string },
): string {
  const { bench, author } = desk.state;
  const name = title || WORDS.newTitle;
  const file = freePath(name, bench.items);
  const kind =
    KINDS.find(([words]) => words.test(`${title}\n${body.slice(0, 400)}`))?.[1] ?? 'guide';
  const item: Item = { id: file, file, data: { title: name, kind, owner: author }, body };
  desk.put(file, item, WORDS.create);
  return file;
}

/** Shows new content, so that it is tagged. */
export function openNew(desk: StudioDesk, id: string): void {
  const { place, bench } = desk.state;
  desk.go({ kind: 'content', id, ...(place.kind === 'contents' && { from: place }) });
  const title = String(bench.items.get(id)?.data.title);
  desk.say(WORDS.created.replace('{title}', () => title));
}

/** Its first heading, else its first line. */
export function titleOf(text: string): string {
  const heading = /^#{1,6}\s+(.+?)\s*#*$/m.exec(text)?.[1];
  const [first = ''] = text.trim().split('\n');
  return (heading ?? first)
    .replace(/[*_`[\]]/g, '')
    .trim()
    .slice(0, 120);
}
