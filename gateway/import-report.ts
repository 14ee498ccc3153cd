import type { CsvMap } from '@opportune/connector-csv';
import type { Pulled, Skipped, Tally } from '../src/domain/connector.js';
import type { Terminal } from './command.js';
import type { Stored } from './import.js';
import { count, cut, duration, plural, printable, table } from './text.js';

/** What an import tells: groups with examples for people; every skip, as it is met, in one JSON document. */
export interface ImportReport {
  take(pulled: Pulled): void;
  stored(result: Stored): void;
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
  readonly source: string;
  readonly into: string | undefined;
  readonly map: CsvMap;
  readonly json: boolean;
  readonly terminal: Terminal;
}): ImportReport {
  const { source, into, map, json, terminal } = options;
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
    const head = JSON.stringify({ source, map: map.file, store: into ?? null });
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
    const [, file = skip.place, line = ''] = /^(.*):(\d+)$/s.exec(skip.place) ?? [];
    if (json) {
      const place = line === '' ? { file } : { file, line: Number(line) };
      terminal.out(`${told++ === 0 ? '' : ','}\n${JSON.stringify({ ...place, ...skip })}`);
    } else {
      const detail = skip.detail === undefined ? '' : ` ${JSON.stringify(cut(skip.detail, 60))}`;
      add(
        skips,
        file,
        `${WHOLE[skip.part]}\n${skip.reason}`,
        line === '' ? detail.trim() : `line ${line}${detail}`,
      );
    }
  }

  function showProgress(done: number, total: number | undefined): void {
    const now = terminal.now();
    if (!terminal.progress || now - shownAt < PROGRESS_MS) return;
    shownAt = now;
    const spent = Math.max(1, now - began);
    const left =
      total === undefined || done === 0
        ? ''
        : `, ${duration((spent / done) * (total - done))} left`;
    const share = total === undefined ? '' : `${Math.floor((100 * done) / Math.max(1, total))}%  `;
    terminal.progress(
      `${share}${count(facts.read)} facts, ${count(skipped)} rows skipped, ${count(Math.round((facts.read / spent) * 1000))} facts a second${left}`,
    );
  }

  return {
    take(pulled) {
      begin();
      if (pulled.type === 'fact') facts.read++;
      else if (pulled.type === 'tally') tallies.push(pulled.tally);
      else if (pulled.type === 'skipped') takeSkip(pulled.skipped);
      else if (pulled.type === 'progress') showProgress(pulled.done, pulled.total);
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
          `],\n${JSON.stringify({ repaired, files: tallies, facts: { ...facts, refused } }).slice(1)}\n`,
        );
      } else terminal.out(toText());
      return facts.read === 0 ? 1 : 0;
    },
  };

  function toText(): string {
    const lines = [
      table(
        ['file', 'rows', 'used', 'skipped'],
        tallies.map(({ place, read, used, skipped: left }) => [place, read, used, left]),
      ),
    ];
    for (const [title, what] of SKIPS) {
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

const WHOLE = { file: 'file', row: 'row', value: 'value', gone: 'gone' } as const;
const SKIPS = [
  ['Files not read', 'file'],
  ['Rows skipped', 'row'],
  ['Values left out of rows that were used', 'value'],
  ['Rows of the last import that are gone; what was learned from them stays', 'gone'],
] as const;
