import { invalid } from './api-error.js';
import { ASSOCIATIONS } from './schema.js';

interface Way {
  readonly type: number;
  readonly primary?: number;
}

/** What leads from one object to another, and back. */
export function wayOf(from: string, to: string): { readonly there: Way; readonly back: Way } {
  for (const { from: one, to: other, type, back, primary, primaryBack } of ASSOCIATIONS) {
    const there = { type, ...(primary === undefined ? {} : { primary }) };
    const home = { type: back, ...(primaryBack === undefined ? {} : { primary: primaryBack }) };
    if (one === from && other === to) return { there, back: home };
    if (one === to && other === from) return { there: home, back: there };
  }
  throw invalid(`No association types exist between ${from} and ${to}`);
}

/** The object that a type of association leads to. */
export function endOf(from: string, typeId: number): string | undefined {
  for (const way of ASSOCIATIONS) {
    if (way.from === from && [way.type, way.primary].includes(typeId)) return way.to;
    if (way.to === from && [way.back, way.primaryBack].includes(typeId)) return way.from;
  }
  return undefined;
}

/** Which records are associated, in both directions. */
export class Links {
  readonly #types = new Map<string, Map<string, Set<number>>>();

  /** By id of the other record, in the order in which they were made. */
  of(from: string, id: string, to: string): ReadonlyMap<string, ReadonlySet<number>> {
    return this.#types.get(`${from}/${id}/${to}`) ?? new Map();
  }

  add(from: string, id: string, to: string, other: string, asPrimary = false): void {
    const { there, back } = wayOf(from, to);
    // The first company of a person or a deal is its primary one.
    const first =
      to === 'companies' &&
      ![...this.of(from, id, to).values()].some((types) => types.has(there.primary ?? -1));
    const primary = there.primary !== undefined && (asPrimary || first);
    if (primary)
      for (const [old, types] of this.of(from, id, to)) {
        (types as Set<number>).delete(there.primary ?? -1);
        this.#set(to, old, from, id).delete(back.primary ?? -1);
      }
    this.#set(from, id, to, other).add(there.type);
    this.#set(to, other, from, id).add(back.type);
    if (!primary) return;
    this.#set(from, id, to, other).add(there.primary ?? -1);
    this.#set(to, other, from, id).add(back.primary ?? -1);
  }

  remove(from: string, id: string, to: string, other: string): void {
    this.#types.get(`${from}/${id}/${to}`)?.delete(other);
    this.#types.get(`${to}/${other}/${from}`)?.delete(id);
  }

  /** Every record that this one leads to. */
  around(
    from: string,
    id: string,
  ): readonly {
    readonly to: string;
    readonly other: string;
    readonly types: ReadonlySet<number>;
  }[] {
    const begin = `${from}/${id}/`;
    return [...this.#types].flatMap(([key, others]) =>
      key.startsWith(begin)
        ? [...others].map(([other, types]) => ({ to: key.slice(begin.length), other, types }))
        : [],
    );
  }

  primary(from: string, id: string, to: string): string | null {
    const { primary = -1 } = wayOf(from, to).there;
    for (const [other, types] of this.of(from, id, to)) if (types.has(primary)) return other;
    return null;
  }

  #set(from: string, id: string, to: string, other: string): Set<number> {
    const key = `${from}/${id}/${to}`;
    const others = this.#types.get(key) ?? new Map<string, Set<number>>();
    this.#types.set(key, others);
    const types = others.get(other) ?? new Set<number>();
    others.set(other, types);
    return types;
  }
}
