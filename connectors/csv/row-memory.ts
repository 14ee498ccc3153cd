/** What an import remembers: rows met, for the next import, and rows by name, for this one. */
export interface RowMemory {
  /** A new import begins: what was noted before counts as the last one, and names are forgotten. */
  begin(): void;
  /** Notes that a row or fact is there with that content. */
  note(table: string, slot: string, content: string, line: number): Noted;
  /** Slots of the last imports that this one has not noted, in order. */
  gone(table: string): Iterable<string>;
  /** A second row of the same key is the same row. */
  put(table: string, name: string, row: NamedRow): void;
  /** In the order in which they were put; at most two, since two are already one too many. */
  find(table: string, name: string): readonly NamedRow[];
}

export interface Noted {
  /** 1, and one more each time the content differs from the last import's. */
  readonly version: number;
  readonly before: 'none' | 'same' | 'other';
  /** Met before in this import: on which line, and with the same content or not. The first stays. */
  readonly repeats?: { readonly line: number; readonly same: boolean };
}

export interface NamedRow {
  readonly key: string;
  /** Cells that other rows read, by column. */
  readonly cells: { readonly [column: string]: string };
}

interface Slot {
  content: string;
  version: number;
  run: number;
  line: number;
}

/** In memory: for one import, or for a source that fits there. It grows with the rows; the command line keeps it on disk. */
export function createRowMemory(): RowMemory {
  const tables = new Map<string, Map<string, Slot>>();
  const names = new Map<string, Map<string, NamedRow[]>>();
  let run = 0;
  return {
    begin() {
      run++;
      names.clear();
    },
    note(table, slot, content, line) {
      let slots = tables.get(table);
      if (!slots) {
        slots = new Map();
        tables.set(table, slots);
      }
      const known = slots.get(slot);
      if (!known) {
        slots.set(slot, { content, version: 1, run, line });
        return { version: 1, before: 'none' };
      }
      const same = known.content === content;
      if (known.run === run)
        return { version: known.version, before: 'none', repeats: { line: known.line, same } };
      if (!same) known.version++;
      Object.assign(known, { content, run, line });
      return { version: known.version, before: same ? 'same' : 'other' };
    },
    gone: (table) =>
      [...(tables.get(table) ?? [])].filter(([, slot]) => slot.run < run).map(([name]) => name),
    put(table, name, row) {
      let rows = names.get(table);
      if (!rows) {
        rows = new Map();
        names.set(table, rows);
      }
      const found = rows.get(name);
      if (!found) rows.set(name, [row]);
      else if (found.length < 2 && found[0]?.key !== row.key) found.push(row);
    },
    find: (table, name) => names.get(table)?.get(name) ?? [],
  };
}
