import { dateOfDay, dayNumber, dayOfDate } from '../core/zone.js';
import { isDate } from '../plan/literal.js';
import type { Item, Items } from './playbook-folder.js';

export const isContent = ({ file, list }: Item): boolean =>
  list === undefined && file.startsWith('content/');

export const isPlay = ({ file, list }: Item): boolean =>
  list === undefined && file.startsWith('plays/');

/** As plays and cards know it: its own id, or its file's name. */
export function contentId({ data, file }: Item): string {
  return typeof data.id === 'string'
    ? data.id
    : file.slice(file.lastIndexOf('/') + 1).replace(/\..*$/, '');
}

export function contentTitle(item: Item): string {
  const { title } = item.data;
  return typeof title === 'string' && title.trim() !== '' ? title : contentId(item);
}

/** Days until it is offered no more, zero and below when it is offered no more already; undefined without a last day. */
export function daysLeft({ data }: Item, today: string): number | undefined {
  const { expires } = data;
  return typeof expires === 'string' && isDate(expires)
    ? dayOfDate(expires) - dayOfDate(today)
    : undefined;
}

/** `YYYY-MM-DD` in the company's zone. */
export function todayIn(zone: string, now: number): string {
  return dateOfDay(dayNumber(now, zone));
}

/** A path for new content with that title, which nothing has yet. */
export function freePath(title: string, items: Items): string {
  const base =
    title
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'content';
  const ids = new Set([...items.values()].filter(isContent).map(contentId));
  let name = base;
  for (let n = 2; ids.has(name) || items.has(`content/${name}.md`); n++) name = `${base}-${n}`;
  return `content/${name}.md`;
}
