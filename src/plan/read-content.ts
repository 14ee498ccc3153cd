import type { Condition } from '../domain/condition.js';
import type { Content, Play } from '../domain/playbook.js';
import type { AttributeValue, RecordKind } from '../domain/value.js';
import { type Context, findDeclared } from './context.js';
import { findNearest } from './did-you-mean.js';
import { isDate, readLiterals } from './literal.js';
import { readMarkdown } from './markdown.js';
import type { Place } from './problem.js';
import { readCondition } from './read-condition.js';
import { entriesOf, fieldOf, itemsOf, numberOf, scalarOf, textOf, textsOf } from './tree-access.js';
import type { MapTree, Tree } from './yaml-tree.js';

const TAG_KINDS: readonly RecordKind[] = ['account', 'opportunity', 'contact', 'product', 'rep'];

export interface ContentDraft {
  readonly content: Content;
  readonly at: Place;
  readonly map: MapTree;
}

/** One content file whose front matter was checked: its fields, and the Markdown below them. */
export function readContent(
  map: MapTree,
  source: { readonly file: string; readonly body: string; readonly bodyLine: number },
  context: Context,
): ContentDraft | undefined {
  const { report } = context;
  const before = report.errors();
  const { file, body, bodyLine } = source;
  const idTree = scalarOf(map, 'id');
  const id = idTree?.source ?? baseName(file);
  const at = idTree?.at ?? map.at;
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(id))
    report.error(
      'wrong-form',
      at,
      `content "${id}" has spaces or marks in its id`,
      'rename the file, or add "id:"',
    );
  const expires = scalarOf(map, 'expires');
  if (expires && !isDate(expires.source))
    report.error(
      'wrong-date',
      expires.at,
      `"${expires.source}" is not a day`,
      'write it as 2027-03-31',
    );
  else if (expires && expires.source <= context.today)
    report.warn(
      'expired',
      expires.at,
      `content "${id}" expired on ${expires.source} and is offered no more`,
      'renew it with a later day and a new revision, or delete it',
    );
  const teams = readTeams(map, context);
  const attributes: { [name: string]: readonly AttributeValue[] } = {};
  for (const [name, { value, keyAt }] of entriesOf(fieldOf(map, 'attributes'))) {
    const tag = readTag(name, value, keyAt, TAG_KINDS, context);
    if (tag) attributes[tag.id] = tag.values;
  }
  const when = readWhen(fieldOf(map, 'when'), context);
  const resolve = (name: string, place: Place): string | undefined =>
    resolveHole(name, place, context);
  const nodes = readMarkdown(body, { file, line: bodyLine, column: 1 }, resolve, context);
  const link = textOf(map, 'link');
  if (nodes?.length === 0 && link === undefined)
    report.error(
      'missing-field',
      at,
      `content "${id}" is empty`,
      'write its text, or add "link: https://..."',
    );
  if (report.errors() > before || !nodes) return undefined;
  const content: Content = {
    id,
    title: textOf(map, 'title') ?? id,
    kind: textOf(map, 'kind') ?? '',
    attributes,
    ...(when && { when }),
    owner: textOf(map, 'owner') ?? '',
    revision: numberOf(map, 'revision') ?? 1,
    ...(expires && { expires: expires.source }),
    ...(teams.length > 0 && { teams }),
    body: nodes,
    ...(link !== undefined && { link }),
    file,
  };
  return { content, at, map };
}

/** Bare names are the account's. Content goes with plays about anything, so there are no records inside to look into. */
function readWhen(tree: Tree | undefined, context: Context): Condition | undefined {
  const when = readCondition(tree, { bare: 'account', kinds: TAG_KINDS }, context);
  if (!tree || !when || !looksInside(when)) return when;
  context.report.error(
    'wrong-type',
    tree.at,
    'content goes with records of several kinds, and looks into none',
    'ask an attribute that counts them, or ask it in the play',
  );
  return undefined;
}

function looksInside(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(looksInside);
  if ('any' in condition) return condition.any.some(looksInside);
  if ('not' in condition) return looksInside(condition.not);
  return 'has' in condition || 'hasNo' in condition;
}

/** Teams are values of `rep.team`, where those are declared. */
function readTeams(map: MapTree, context: Context): readonly string[] {
  const attribute = context.attributes.get('rep.team');
  if (attribute) context.reads.add(attribute.id);
  return textsOf(map, 'teams').flatMap((tree) => {
    const values = attribute ? readLiterals(tree, attribute, context) : [tree.source];
    return values.filter((value) => typeof value === 'string');
  });
}

/** `content:` of a play: which content goes with it. */
export function readContentQuery(
  tree: Tree,
  about: Play['about'],
  offers: boolean,
  context: Context,
): NonNullable<Play['content']> {
  const query: { [name: string]: readonly AttributeValue[] | 'same' } = {};
  const kinds = [
    ...new Set<RecordKind>([about, 'account', 'contact', 'product', 'rep', 'opportunity']),
  ];
  for (const [name, { value, keyAt }] of entriesOf(tree)) {
    const same = value.kind === 'scalar' && value.value === 'same';
    const tag = readTag(name, same ? undefined : value, keyAt, kinds, context, about);
    if (!tag) continue;
    if (same && !tag.id.includes('.'))
      context.report.error(
        'unknown-attribute',
        keyAt,
        `"${name}: same" asks for this record's value, and "${name}" is no attribute`,
        nearTag(name, context) ?? 'declare it in attributes.yaml, or write a value',
      );
    else if (same && !offers && tag.id.startsWith('product.'))
      context.report.error(
        'out-of-scope',
        keyAt,
        `"${name}: same" asks for the product's value, and the play offers no product`,
        'add "offers:", or write a value',
      );
    else query[tag.id] = same ? 'same' : tag.values;
  }
  return query;
}

/**
 * A tag: an attribute with values of its type, or a word of content's own (`job`), whose values are texts. A bare name is
 * looked up first for the play's record, then for the others.
 */
function readTag(
  name: string,
  tree: Tree | undefined,
  at: Place,
  kinds: readonly RecordKind[],
  context: Context,
  first?: RecordKind,
): { readonly id: string; readonly values: readonly AttributeValue[] } | undefined {
  const { attributes, report, reads } = context;
  const preferred = first && attributes.get(`${first}.${name}`) ? `${first}.${name}` : undefined;
  const found = preferred ?? findDeclared(name, at, kinds, context);
  if (found === 'told') return undefined;
  const attribute = found === undefined ? undefined : attributes.get(found);
  const items = tree?.kind === 'list' ? itemsOf(tree) : tree ? [tree] : [];
  if (attribute) {
    reads.add(attribute.id);
    const values = items.flatMap((item) => readLiterals(item, attribute, context));
    if (values.includes(undefined)) return undefined;
    return { id: attribute.id, values: values as AttributeValue[] };
  }
  if (name.includes('.') || !/^[A-Za-z][A-Za-z0-9]*$/.test(name) || name in Object.prototype) {
    report.error(
      'unknown-attribute',
      at,
      `attribute "${name}" is not declared`,
      nearTag(name, context) ?? 'declare it in attributes.yaml',
    );
    return undefined;
  }
  const near = nearTag(name, context);
  if (near)
    report.warn(
      'unknown-attribute',
      at,
      `"${name}" is no attribute, and is taken for a word of content's own`,
      near,
    );
  return {
    id: name,
    values: items.flatMap((item) => (item.kind === 'scalar' ? [item.source] : [])),
  };
}

function nearTag(name: string, { attributes }: Context): string | undefined {
  const bare = name.slice(name.indexOf('.') + 1);
  const kinds = name.includes('.') ? TAG_KINDS.filter((kind) => name.startsWith(kind)) : TAG_KINDS;
  for (const kind of kinds.length > 0 ? kinds : TAG_KINDS) {
    const near = findNearest(bare, attributes.candidates(kind));
    if (near) return `did you mean "${kind}.${near.id}"?`;
  }
  return undefined;
}

/** Content serves plays about anything, so a hole says whose attribute it is unless only one kind declares it. */
function resolveHole(name: string, at: Place, context: Context): string | undefined {
  if (/^event\.[A-Za-z][A-Za-z0-9]*$/.test(name)) return name;
  const id = findDeclared(name, at, TAG_KINDS, context);
  if (id === 'told') return undefined;
  if (id?.startsWith('product.')) {
    context.report.error(
      'out-of-scope',
      at,
      `"{${name}}": content goes with plays that offer one product, another or none`,
      'write the name of the product',
    );
    return undefined;
  }
  if (id !== undefined) {
    context.reads.add(id);
    return id;
  }
  context.report.error(
    'unknown-attribute',
    at,
    `attribute "${name}" is not declared`,
    nearTag(name, context) ?? 'declare it in attributes.yaml',
  );
  return undefined;
}

/** The file name without folders and endings. */
function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\..*$/, '');
}
