import { bareName } from '../core/bare-name.js';
import type { Attribute } from '../domain/playbook.js';
import type { RecordKind } from '../domain/value.js';
import { type AttributeTable, KINDS, kindOfName } from './attribute-table.js';
import { findNearest, suggest } from './did-you-mean.js';
import type { Place, Report } from './problem.js';

/** What every reader of a source file needs. */
export interface Context {
  readonly report: Report;
  readonly attributes: AttributeTable;
  readonly currency: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Qualified ids that something reads, for the finding "nobody reads it". */
  readonly reads: Set<string>;
}

export type NameKind = RecordKind | 'event';

/** Which names may be read in one place. */
export interface Scope {
  /** What a bare name belongs to. */
  readonly bare: NameKind;
  readonly kinds: readonly NameKind[];
  /** Why some kind may not be read here, and what to do instead. */
  readonly barred?: { readonly [kind in NameKind]?: readonly [reason: string, remedy: string] };
}

/**
 * The qualified id for a name as written, or undefined with a problem reported. A name of the event's data is not declared
 * anywhere and passes as it is.
 */
export function resolveName(
  written: string,
  at: Place,
  scope: Scope,
  context: Context,
): string | undefined {
  const { report, attributes, reads } = context;
  const dot = written.indexOf('.');
  const kind = dot < 0 ? scope.bare : written.slice(0, dot);
  const name = written.slice(dot + 1);
  if (!isKind(kind)) {
    report.error(
      'unknown-attribute',
      at,
      `"${written}": there is no "${kind}" to read from`,
      suggest(
        kind,
        scope.kinds.map((id) => ({ id })),
        `use one of ${scope.kinds.join(', ')}`,
      ),
    );
    return undefined;
  }
  if (!scope.kinds.includes(kind)) {
    const [reason, remedy] = scope.barred?.[kind] ?? [
      `${kind} cannot be read here`,
      `use an attribute of ${scope.kinds.join(', ')}`,
    ];
    report.error('out-of-scope', at, `"${written}": ${reason}`, remedy);
    return undefined;
  }
  const id = `${kind}.${name}`;
  if (kind === 'event') {
    if (/^[A-Za-z][A-Za-z0-9]*$/.test(name) && !(name in Object.prototype)) return id;
    report.error(
      'unknown-attribute',
      at,
      `"${written}" is no field of an event`,
      'a field is one word of letters and digits, such as product',
    );
    return undefined;
  }
  if (attributes.get(id)) {
    reads.add(id);
    return id;
  }
  if (attributes.isBroken(id)) return undefined;
  report.error(
    'unknown-attribute',
    at,
    `attribute "${name}" is not declared for ${kind}`,
    suggestName(name, kind, scope, attributes),
  );
  return undefined;
}

/** Nearest in the same kind; else the same name of another kind that may be read here; else what to do. */
function suggestName(
  name: string,
  kind: RecordKind,
  scope: Scope,
  attributes: AttributeTable,
): string {
  for (const other of scope.kinds)
    if (other !== 'event' && attributes.get(`${other}.${name}`))
      return `did you mean "${other}.${name}"?`;
  const near = findNearest(name, attributes.candidates(kind));
  if (near) return `did you mean "${near.id}"?`;
  for (const other of scope.kinds) {
    const there = other === 'event' ? undefined : findNearest(name, attributes.candidates(other));
    if (there) return `did you mean "${other}.${there.id}"?`;
  }
  return 'declare it in attributes.yaml';
}

/**
 * The qualified id for a bare or qualified name where no record is in view: of the one kind that declares it. Undefined,
 * without a problem, when none does; `told` when the problem is reported already.
 */
export function findDeclared(
  written: string,
  at: Place,
  kinds: readonly RecordKind[],
  context: Context,
): string | undefined | 'told' {
  const { attributes, report } = context;
  const names = written.includes('.') ? [written] : kinds.map((kind) => `${kind}.${written}`);
  const ids = names.filter((id) => attributes.get(id));
  if (ids.length === 0 && names.some((id) => attributes.isBroken(id))) return 'told';
  if (ids.length < 2) return ids[0];
  report.error(
    'ambiguous-attribute',
    at,
    `"${written}" is declared for ${ids.map(kindOfName).join(', ')}`,
    `write one of ${ids.join(', ')}`,
  );
  return 'told';
}

/** The attribute of the account that is named where no record is in view; undefined when a problem was reported. */
export function findOfAccount(
  { source, at }: { readonly source: string; readonly at: Place },
  context: Context,
): Attribute | undefined {
  const { attributes, report } = context;
  const id = findDeclared(source, at, ['account'], context);
  if (id === 'told') return undefined;
  const attribute = id === undefined ? undefined : attributes.get(id);
  if (!attribute)
    report.error(
      'unknown-attribute',
      at,
      `attribute "${source}" is not declared`,
      suggest(bareName(source), attributes.candidates('account'), 'declare it in attributes.yaml'),
    );
  return attribute;
}

function isKind(word: string): word is NameKind {
  return word === 'event' || KINDS.includes(word as RecordKind);
}
