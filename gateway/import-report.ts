import type { Pulled, Skipped, Tally } from '../src/domain/connector.js';
import type { Terminal } from './command.js';
import type { Stored } from './import.js';
import type { ImportSource } from './import-source.js';
import { count, cut, duration, plural, printable, table } from './text.js';

/** What an import tells: groups with examples for people; every skip, as it is met, in one JSON document. */
export interface ImportReport {
  take(pulled: Pulled): void;
  stored(result: Stored): void;
  /** So many of those that were put aside are stored. */
  storing(done: number, of: number): void;
  /** The person asked to stop. */
  stop(): void;
  /** The exit code: 1 when there was nothing to bring in. */
  end(): number;
}

interface Group {
  readonly place: string;
  readonly what: string;
  count: number;
  readonly examples: string[];
}

const EXAMPLES = 3;
/** Kinds of repair told apart; the rest is counted together. */
const MOST_GROUPS = 2_000;
const PROGRESS_MS = 200;

export function createImportReport(options: {
  readonly source: Pick<ImportSource, 'name' | 'mapFile' | 'words' | 'goesOn'>;
  readonly into: string | undefined;
  readonly json: boolean;
  readonly terminal: Terminal;
}): ImportReport {
  const { source, into, json, terminal } = options;
  const { place: placeWord, row: rowWord } = source.words;
  const began = terminal.now();
  const skips = new Map<string, Group>();
  const repairs = new Map<string, Group>();
  const tallies: Tally[] = [];
  const facts = { read: 0, added: 0, repeated: 0 };
  const refused: { readonly id: string; readonly reason: string }[] = [];
  let skipped = 0;
  let told = 0;
  let shownAt = began;

  let begun = false;
  /** Only when something was read: a source that cannot be is told on standard error alone. */
  function begin(): void {
    if (!json || begun) return;
    begun = true;
    const head = JSON.stringify({ source: source.name, map: source.mapFile, store: into ?? null });
    terminal.out(`${head.slice(0, -1)},\n"skipped":[`);
  }

  function add(groups: Map<string, Group>, place: string, what: string, example: string): void {
    const key = groups.size < MOST_GROUPS ? `${place}\n${what}` : '\n';
    let group = groups.get(key);
    if (!group) {
      group =
        groups.size < MOST_GROUPS
          ? { place, what, count: 0, examples: [] }
          : { place: '', what: 'further kinds', count: 0, examples: [] };
      groups.set(key, group);
    }
    group.count++;
    if (group.examples.length < EXAMPLES) group.examples.push(example);
  }

  function takeSkip(skip: Skipped): void {
    if (skip.part === 'row') skipped++;
    const { within, line, id } = partsOf(skip.place, placeWord);
    if (json) {
      const place = {
        [placeWord]: within,
        ...(line !== undefined && { line: Number(line) }),
        ...(id !== undefined && { id }),
      };
      terminal.out(`${told++ === 0 ? '' : ','}\n${JSON.stringify({ ...place, ...skip })}`);
    } else {
      const detail = skip.detail === undefined ? '' : ` ${JSON.stringify(cut(skip.detail, 60))}`;
      add(
        skips,
        within,
        `${skip.part}\n${skip.reason}`,
        `${line === undefined ? (id ?? '') : `line ${line}`}${detail}`.trim(),
      );
    }
  }

  /** Of a CRM, how many objects are read; of the one that is being read, how far it is. */
  let objects = '';
  let unit: { readonly name: string; readonly began: number; readonly from: number } | undefined;

  function showProgress({ done, total, unit: name }: Progress): void {
    if (name === 'objects') {
      objects = `${done} of ${total} objects  `;
      return;
    }
    const now = terminal.now();
    // Time is judged by what was done since this unit began, in this run.
    const isRecords = name.startsWith('records');
    if (unit?.name !== name)
      unit = isRecords ? { name, began: now, from: done } : { name, began, from: 0 };
    if (!terminal.progress || now - shownAt < PROGRESS_MS) return;
    shownAt = now;
    const spent = Math.max(1, now - unit.began);
    const made = done - unit.from;
    const left =
      total === undefined || made <= 0 ? '' : `, ${duration((spent / made) * (total - done))} left`;
    const share = total === undefined ? '' : `${Math.floor((100 * done) / Math.max(1, total))}%  `;
    const what = isRecords
      ? `${objects}${count(done)}${total === undefined ? '' : ` of ${count(total)}`} ${printable(name)}  `
      : '';
    const rate = Math.round((facts.read / Math.max(1, now - began)) * 1000);
    terminal.progress(
      `${what}${share}${count(facts.read)} facts, ${count(skipped)} ${rowWord}s skipped, ${count(rate)} facts a second${left}`,
    );
  }

  return {
    take(pulled) {
      begin();
      if (pulled.type === 'fact') facts.read++;
      else if (pulled.type === 'tally') tallies.push(pulled.tally);
      else if (pulled.type === 'skipped') takeSkip(pulled.skipped);
      else if (pulled.type === 'progress') showProgress(pulled);
      else if (pulled.type === 'repaired') {
        const [, place = pulled.place, line = '', column = ''] =
          /^(.*):(\d+)(?: (.*))?$/s.exec(pulled.place) ?? [];
        add(repairs, `${place}\n${column}`, `${pulled.from}\n${pulled.to}`, line);
      }
    },
    stored(result) {
      facts.added += result.added;
      facts.repeated += result.repeated;
      refused.push(...result.refused);
    },
    storing(done, of) {
      const now = terminal.now();
      if (!terminal.progress || now - shownAt < PROGRESS_MS) return;
      shownAt = now;
      terminal.progress(`${objects}storing ${count(done)} of ${count(of)} facts`);
    },
    stop() {
      begin();
      terminal.progress?.('');
      if (json)
        terminal.out(`],\n"stopped":true,"facts":${JSON.stringify({ ...facts, refused })}}\n`);
      else
        terminal.out(
          `Stopped: ${plural(facts.added, 'new fact')} stored. Run the same command again to go on.\n`,
        );
    },
    end() {
      begin();
      terminal.progress?.('');
      if (json) {
        const repaired = [...repairs.values()].map(({ place, what, count: number, examples }) => {
          const [file, column] = place.split('\n');
          const [from, to] = what.split('\n');
          return {
            file,
            ...(column ? { column } : {}),
            from,
            to,
            count: number,
            lines: examples.filter((line) => line !== '').map(Number),
          };
        });
        terminal.out(
          `],\n${JSON.stringify({ repaired, [`${placeWord}s`]: tallies, facts: { ...facts, refused } }).slice(1)}\n`,
        );
      } else terminal.out(toText());
      return facts.read === 0 && !source.goesOn ? 1 : 0;
    },
  };

  function toText(): string {
    const lines = [
      table(
        [placeWord, `${rowWord}s`, 'used', 'skipped'],
        tallies.map(({ place, read, used, skipped: left }) => [place, read, used, left]),
      ),
    ];
    for (const [title, what] of skipTitles(rowWord)) {
      const groups = [...skips.values()]
        .filter((group) => group.what.startsWith(`${what}\n`))
        .sort((a, b) => b.count - a.count);
      if (groups.length === 0) continue;
      lines.push(`\n${title}\n`);
      for (const { place, what: whole, count: number, examples } of groups)
        lines.push(
          `  ${printable(place)}: ${count(number)} × ${printable(whole.slice(whole.indexOf('\n') + 1))}${examples[0] === '' ? '' : `\n    ${printable(examples.join(', '))}${number > examples.length ? ', …' : ''}`}\n`,
        );
    }
    const mended = [...repairs.values()].sort((a, b) => b.count - a.count);
    if (mended.length > 0)
      lines.push('\nRepaired, as the map says or because the name is certain\n');
    for (const { place, what, count: number } of mended.slice(0, 20)) {
      const [from = '', to] = what.split('\n');
      lines.push(
        `  ${printable(place.trim().replace('\n', ' '))}: ${count(number)} × ${to === undefined ? from : `${printable(from)} → ${printable(to)}`}\n`,
      );
    }
    if (mended.length > 20)
      lines.push(`  and ${count(mended.length - 20)} more kinds: see --json\n`);
    for (const { id, reason } of refused.slice(0, 10))
      lines.push(`Refused: ${printable(id)}: ${printable(reason)}\n`);
    const result =
      into === undefined
        ? 'Nothing is stored'
        : `${count(facts.added)} new, ${count(facts.repeated)} already there, ${count(refused.length)} refused`;
    lines.push(
      `\n${plural(facts.read, 'fact')} in ${duration(terminal.now() - began)}. ${result}.\n`,
    );
    return lines.join('');
  }
}

type Progress = Pulled & { readonly type: 'progress' };

/** `deals.csv:17`, `Account/001…`, or a whole file or object. */
function partsOf(
  place: string,
  word: 'file' | 'object',
): { readonly within: string; readonly line?: string; readonly id?: string } {
  const [, within = place, last] =
    (word === 'file' ? /^(.*):(\d+)$/s : /^(.*?)\/(.*)$/s).exec(place) ?? [];
  if (last === undefined) return { within };
  return word === 'file' ? { within, line: last } : { within, id: last };
}

const skipTitles = (row: string): readonly (readonly [string, string])[] => {
  const rows = `${row.charAt(0).toUpperCase()}${row.slice(1)}s`;
  return [
    ['Files not read', 'file'],
    [`${rows} skipped`, 'row'],
    [`Values left out of ${row}s that were used`, 'value'],
    [`${rows} of the last import that are gone; what was learned from them stays`, 'gone'],
  ];
};
