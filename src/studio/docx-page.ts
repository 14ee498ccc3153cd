import { strFromU8, type Unzipped, unzipSync } from 'fflate';
import { OpportuneError } from '../core/errors.js';
import { parseMarkup } from './parse-markup.js';

const PARTS =
  /^(?:word\/(?:document|styles|numbering)\.xml|word\/_rels\/document\.xml\.rels|docProps\/core\.xml)$/;
const LARGEST_PART = 40 * 1024 * 1024;

export interface DocxPage {
  readonly title: string | undefined;
  /** What stands in the document, as a page that a browser would show. */
  readonly body: Element;
}

/**
 * A Word file as a page, made of new elements that hold its text: headings, lists, tables, emphasis and links. Comments,
 * deleted and hidden text are left out.
 * @throws OpportuneError `opportune/file-broken`.
 */
export function readDocx(bytes: Uint8Array, where: string): DocxPage {
  let parts: Unzipped;
  try {
    parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => PARTS.test(name) && originalSize <= LARGEST_PART,
    });
  } catch (cause) {
    throw broken(where, cause);
  }
  const part = (name: string): Document | undefined => {
    const held = parts[name];
    const page = held && parseMarkup(strFromU8(held), 'application/xml');
    return page && !page.querySelector('parsererror') ? page : undefined;
  };
  const main = part('word/document.xml');
  if (!main) throw broken(where);
  const words: Words = {
    levels: levelsOf(part('word/styles.xml')),
    isNumbered: numberedIn(part('word/numbering.xml')),
    links: linksIn(part('word/_rels/document.xml.rels')),
    page: parseMarkup('', 'text/html'),
  };
  const { body } = words.page;
  const held = [...main.documentElement.children].find((one) => one.localName === 'body');
  for (const child of held?.children ?? []) addBlock(child, body, words);
  const core = part('docProps/core.xml')?.documentElement.children ?? [];
  const title = [...core].find((one) => one.localName === 'title')?.textContent?.trim();
  return { title: title === '' ? undefined : title, body };
}

interface Words {
  readonly levels: ReadonlyMap<string, number>;
  readonly isNumbered: (list: string, level: number) => boolean;
  readonly links: ReadonlyMap<string, string>;
  readonly page: Document;
}

function addBlock(element: Element, to: Element, words: Words): void {
  switch (element.localName) {
    case 'p':
      addParagraph(element, to, words);
      break;
    case 'tbl': {
      const table = to.appendChild(words.page.createElement('table'));
      for (const row of named(element, 'tr')) {
        const line = table.appendChild(words.page.createElement('tr'));
        for (const cell of named(row, 'tc')) {
          const box = line.appendChild(words.page.createElement('td'));
          for (const child of cell.children) addBlock(child, box, words);
        }
      }
      break;
    }
    case 'sdt':
    case 'sdtContent':
    case 'customXml':
      for (const child of element.children) addBlock(child, to, words);
  }
}

function addParagraph(element: Element, to: Element, words: Words): void {
  const { page, levels, isNumbered } = words;
  const properties = named(element, 'pPr')[0];
  const style = valueIn(properties, 'pStyle');
  const level = levels.get(style ?? '');
  const list = properties && named(properties, 'numPr')[0];
  const paragraph = page.createElement(level === undefined ? 'p' : `h${level}`);
  const number = valueIn(list, 'numId');
  if (level === undefined && number !== undefined && number !== '0') {
    // As Word writes it on the clipboard.
    const depth = Number(valueIn(list, 'ilvl') ?? 0) || 0;
    paragraph.setAttribute('style', `mso-list:l0 level${depth + 1}`);
    const mark = paragraph.appendChild(page.createElement('span'));
    mark.setAttribute('style', 'mso-list:Ignore');
    mark.textContent = isNumbered(number, depth) ? '1.' : '·';
  }
  addRuns(element, paragraph, words);
  to.append(paragraph);
}

/** Deleted and moved text stands in elements of its own, which are not gone into. */
function addRuns(element: Element, to: Element, words: Words): void {
  const { page, links } = words;
  for (const child of element.children)
    switch (child.localName) {
      case 'r':
        addRun(child, to, words);
        break;
      case 'hyperlink': {
        const link = to.appendChild(page.createElement('a'));
        link.setAttribute('href', links.get(attributeOf(child, 'id') ?? '') ?? '');
        addRuns(child, link, words);
        break;
      }
      case 'ins':
      case 'moveTo':
      case 'smartTag':
      case 'sdt':
      case 'sdtContent':
      case 'fldSimple':
        addRuns(child, to, words);
    }
}

function addRun(run: Element, to: Element, { page }: Words): void {
  const properties = named(run, 'rPr')[0];
  const is = (name: string): boolean => {
    const found = properties && named(properties, name)[0];
    return found !== undefined && !/^(?:0|false|none|off)$/.test(attributeOf(found, 'val') ?? '');
  };
  if (is('vanish') || is('strike') || is('dstrike')) return;
  let home = to;
  for (const [name, tag] of [
    ['b', 'strong'],
    ['i', 'em'],
  ] as const)
    if (is(name)) home = home.appendChild(page.createElement(tag));
  for (const child of run.children)
    switch (child.localName) {
      case 't':
        home.append(child.textContent ?? '');
        break;
      case 'tab':
        home.append(' ');
        break;
      case 'br':
      case 'cr':
        home.append(page.createElement('br'));
        break;
      case 'noBreakHyphen':
        home.append('-');
        break;
      case 'drawing': {
        const image = page.createElement('img');
        const [about] = [...child.querySelectorAll('*')].filter((one) => one.localName === 'docPr');
        image.setAttribute('alt', about?.getAttribute('descr') ?? '');
        home.append(image);
      }
    }
}

const named = (element: Element, name: string): readonly Element[] =>
  [...element.children].filter((child) => child.localName === name);

const attributeOf = (element: Element, name: string): string | undefined =>
  [...element.attributes].find((one) => one.localName === name)?.value;

function valueIn(element: Element | undefined, name: string): string | undefined {
  const found = element && named(element, name)[0];
  return found && attributeOf(found, 'val');
}

/** Styles are called otherwise in every language; what they are called inside is English. */
function levelsOf(styles: Document | undefined): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  for (const style of styles ? named(styles.documentElement, 'style') : []) {
    const name = valueIn(style, 'name')?.toLowerCase() ?? '';
    const level = name === 'title' ? '1' : /^heading ([1-6])$/.exec(name)?.[1];
    if (level !== undefined) levels.set(attributeOf(style, 'styleId') ?? '', Number(level));
  }
  return levels;
}

function numberedIn(numbering: Document | undefined): Words['isNumbered'] {
  const all = numbering ? [...numbering.documentElement.children] : [];
  const byId = (name: string, id: string): ReadonlyMap<string, Element> =>
    new Map(
      all.filter((one) => one.localName === name).map((one) => [attributeOf(one, id) ?? '', one]),
    );
  const lists = byId('num', 'numId');
  const kinds = byId('abstractNum', 'abstractNumId');
  return (list, level) => {
    const kind = kinds.get(valueIn(lists.get(list), 'abstractNumId') ?? '');
    const own =
      kind && named(kind, 'lvl').find((one) => attributeOf(one, 'ilvl') === String(level));
    const format = valueIn(own, 'numFmt');
    return format !== undefined && format !== 'bullet' && format !== 'none';
  };
}

function linksIn(relations: Document | undefined): ReadonlyMap<string, string> {
  const all = relations ? named(relations.documentElement, 'Relationship') : [];
  return new Map(
    all
      .filter((one) => one.getAttribute('TargetMode') === 'External')
      .map((one) => [one.getAttribute('Id') ?? '', one.getAttribute('Target') ?? '']),
  );
}

function broken(where: string, cause?: unknown): OpportuneError {
  return new OpportuneError('opportune/file-broken', 'the Word file cannot be read', {
    where,
    remedy: 'Open it in Word and save it again, or paste its text.',
    cause,
  });
}
