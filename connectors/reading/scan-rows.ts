/** One row of a file, or what is wrong in its place. `line` is the line that it begins on, from 1, as an editor counts. */
export type ScannedRow =
  | { readonly line: number; readonly fields: readonly string[] }
  | { readonly line: number; readonly problem: string };

export interface ScanOptions {
  /** One character. */
  readonly delimiter: string;
  /** False: a quote is text like any other. */
  readonly quotes: boolean;
  /** A row of more characters is a problem. It bounds what is kept in memory. */
  readonly longestRow?: number;
}

/** Takes text piece by piece and gives the rows that are complete. The pieces may be cut anywhere. */
export interface RowScanner {
  push(text: string): readonly ScannedRow[];
  /** What is left when the file is over. */
  end(): readonly ScannedRow[];
}

const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const LONGEST_ROW = 1_048_576;

/**
 * Reads CSV (RFC 4180; lines end in CRLF, LF or CR) and never loses its place: after a row with broken quotes it goes on
 * with the next line of the file, so that a quote which is opened and not closed costs one row and not the rest of the
 * file. A row over several lines that does not have as many fields as the first row counts as broken quotes too.
 * Blank lines are passed over.
 */
export function createRowScanner(options: ScanOptions): RowScanner {
  const { quotes, longestRow = LONGEST_ROW } = options;
  const delimiter = options.delimiter.charCodeAt(0);
  let text = '';
  let start = 0;
  let line = 1;
  let width = 0;
  /** The rest of the physical line belongs to a row already reported. */
  let discarding = false;
  let rows: ScannedRow[] = [];
  /** An unfinished row is read again only when it has grown by half, so that small pieces cost no more than large ones. */
  let enough = 0;

  function scan(final: boolean): readonly ScannedRow[] {
    rows = [];
    for (;;) {
      if (discarding && !discard(final)) break;
      if (start >= text.length || !scanRow(final)) break;
    }
    text = text.slice(start);
    start = 0;
    enough = text.length * 1.5;
    return rows;
  }

  /** True when the line's end was reached. */
  function discard(final: boolean): boolean {
    const [from, next] = findLineEnd(text, start);
    if (from < 0 || (next === text.length && text.charCodeAt(from) === CARRIAGE_RETURN && !final)) {
      start = from < 0 ? text.length : from;
      return false;
    }
    start = next;
    line++;
    discarding = false;
    return true;
  }

  function report(problem: string): void {
    rows.push({ line, problem });
    discarding = true;
  }

  /** False when more text is needed. */
  function scanRow(final: boolean): boolean {
    const row = readRow(text, start, final, delimiter, quotes);
    const length = (row === undefined ? text.length : row.next) - start;
    if (length > longestRow) {
      const [end] = findLineEnd(text, start);
      report(
        end < 0 || end - start > longestRow
          ? `the row is longer than ${longestRow} characters`
          : `a quote is opened and not closed within ${longestRow} characters`,
      );
      return true;
    }
    if (row === undefined) return false;
    if (row.problem !== undefined) {
      report(row.problem);
      return true;
    }
    const { fields, breaks } = row;
    if (fields.length === 1 && fields[0] === '' && row.next - start <= 2 && !row.quoted) {
      line++;
      start = row.next;
      return true;
    }
    if (width === 0) width = fields.length;
    while (fields.length > width && fields.at(-1) === '') fields.pop();
    if (fields.length === width) rows.push({ line, fields });
    else if (breaks > 0) {
      report(
        `quotes are broken: read on to line ${line + breaks} it has ${fields.length} fields, and the header has ${width}`,
      );
      return true;
    } else
      rows.push({
        line,
        problem: `it has ${count(fields.length, 'field')}, and the header has ${width}`,
      });
    line += breaks + 1;
    start = row.next;
    return true;
  }

  return {
    push(piece) {
      text += piece;
      return text.length < enough ? [] : scan(false);
    },
    end: () => scan(true),
  };
}

interface ReadRow {
  readonly fields: string[];
  readonly next: number;
  /** Line breaks inside fields. */
  readonly breaks: number;
  readonly quoted: boolean;
  readonly problem?: string;
}

/** Undefined when the row is not complete in the text. With a problem, `next` is only how far was read. */
function readRow(
  text: string,
  start: number,
  final: boolean,
  delimiter: number,
  quotes: boolean,
): ReadRow | undefined {
  const fields: string[] = [];
  let at = start;
  let breaks = 0;
  let quoted = false;
  const broken = (problem: string, next: number): ReadRow => ({
    fields,
    next,
    breaks,
    quoted,
    problem,
  });
  for (;;) {
    if (quotes && text.charCodeAt(at) === QUOTE) {
      quoted = true;
      let value = '';
      let from = at + 1;
      for (;;) {
        const close = text.indexOf('"', from);
        if (close < 0)
          return final ? broken('a quote is opened and not closed', text.length) : undefined;
        if (close + 1 === text.length && !final) return undefined;
        value += text.slice(from, close);
        if (text.charCodeAt(close + 1) !== QUOTE) {
          at = close + 1;
          break;
        }
        value += '"';
        from = close + 2;
      }
      breaks += countBreaks(value);
      fields.push(value);
    } else {
      let end = at;
      for (; end < text.length; end++) {
        const code = text.charCodeAt(end);
        if (code === delimiter || code === LINE_FEED || code === CARRIAGE_RETURN) break;
        if (quotes && code === QUOTE)
          return broken('a quote stands inside a field that does not begin with one', end + 1);
      }
      if (end === text.length && !final) return undefined;
      fields.push(text.slice(at, end));
      at = end;
    }
    if (at === text.length) return final ? { fields, next: at, breaks, quoted } : undefined;
    const code = text.charCodeAt(at);
    if (code === delimiter) {
      at++;
      if (at === text.length && !final) return undefined;
    } else if (code === LINE_FEED) return { fields, next: at + 1, breaks, quoted };
    else if (code === CARRIAGE_RETURN) {
      if (at + 1 === text.length && !final) return undefined;
      const next = text.charCodeAt(at + 1) === LINE_FEED ? at + 2 : at + 1;
      return { fields, next, breaks, quoted };
    } else return broken('text follows a closing quote', at + 1);
  }
}

/** Where the line ends and where the next begins; -1 when it does not end in the text. */
function findLineEnd(text: string, start: number): readonly [number, number] {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED) return [at, at + 1];
    if (code === CARRIAGE_RETURN)
      return [at, text.charCodeAt(at + 1) === LINE_FEED ? at + 2 : at + 1];
  }
  return [-1, -1];
}

function countBreaks(value: string): number {
  let breaks = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code === LINE_FEED || (code === CARRIAGE_RETURN && value.charCodeAt(at + 1) !== LINE_FEED))
      breaks++;
  }
  return breaks;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
