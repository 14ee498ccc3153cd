/** One text or binary file of a playbook folder; `path` is relative to the folder, with `/`. */
export interface SourceFile {
  readonly path: string;
  /** Empty for a file that is not text. */
  readonly text: string;
  /** Length of a file that is not text. */
  readonly bytes?: number;
}

export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Something that `check` found. Errors stop the compilation, warnings do not. */
export interface Problem extends Place {
  readonly severity: 'error' | 'warning';
  /** Stable, kebab-case. */
  readonly code: string;
  /** What is wrong, and on what. */
  readonly message: string;
  /** What to do next. */
  readonly remedy: string;
}

/** Collects what was found while a playbook is read. */
export interface Report {
  error(code: string, at: Place, message: string, remedy: string): void;
  warn(code: string, at: Place, message: string, remedy: string): void;
  /** In order of file, line and column; a finding told twice is listed once. */
  list(): readonly Problem[];
  errors(): number;
}

/** Errors that are listed; nobody corrects more at once. */
const MOST_A_FILE = 100;

export function createReport(): Report {
  const found = new Map<string, Problem>();
  const byFile = new Map<string, number>();
  let errors = 0;
  const add =
    (severity: Problem['severity']): Report['error'] =>
    (code, at, message, remedy) => {
      const { file, line, column } = at;
      const key = JSON.stringify([file, line, column, code, message]);
      if (found.has(key)) return;
      if (severity === 'error') {
        errors += 1;
        const count = (byFile.get(file) ?? 0) + 1;
        byFile.set(file, count);
        if (count > MOST_A_FILE) return;
      }
      found.set(key, { severity, file, line, column, code, message, remedy });
    };
  return {
    error: add('error'),
    warn: add('warning'),
    list: () => [...found.values(), ...tellMore(byFile)].sort(compareProblems),
    errors: () => errors,
  };
}

function tellMore(byFile: ReadonlyMap<string, number>): readonly Problem[] {
  return [...byFile].flatMap(([file, count]): readonly Problem[] =>
    count <= MOST_A_FILE
      ? []
      : [
          {
            severity: 'error',
            file,
            line: 1,
            column: 1,
            code: 'many-errors',
            message: `${count - MOST_A_FILE} more errors in this file are not listed`,
            remedy: 'correct the others first',
          },
        ],
  );
}

/** `plays/silent-buyer.yaml:7: attribute "x" is not declared for opportunity; did you mean "y"?` */
export function formatProblem(problem: Problem): string {
  const { file, line, severity, message, remedy } = problem;
  return `${file}:${line}: ${severity === 'warning' ? 'warning: ' : ''}${message}; ${remedy}`;
}

function compareProblems(a: Problem, b: Problem): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

/** By code unit, so that every machine agrees. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
