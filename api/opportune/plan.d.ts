import { Playbook } from './index.js';
import { Machine } from './index.js';
import { JsonObject } from './index.js';

/** One text or binary file of a playbook folder; `path` is relative to the folder, with `/`. */
interface SourceFile {
    readonly path: string;
    /** Empty for a file that is not text. */
    readonly text: string;
    /** Length of a file that is not text. */
    readonly bytes?: number;
}
interface Place {
    readonly file: string;
    /** From 1. */
    readonly line: number;
    /** From 1. */
    readonly column: number;
}
/** Something that `check` found. Errors stop the compilation, warnings do not. */
interface Problem extends Place {
    readonly severity: 'error' | 'warning';
    /** Stable, kebab-case. */
    readonly code: string;
    /** What is wrong, and on what. */
    readonly message: string;
    /** What to do next. */
    readonly remedy: string;
}
/** `plays/silent-buyer.yaml:7: attribute "x" is not declared for opportunity; did you mean "y"?` */
declare function formatProblem(problem: Problem): string;

/**
 * The machine as a configuration for `createMachine` of XState 5, plain JSON, to be drawn or tried in tools that know it.
 * A raised event is the action `{ type: 'raise', params: { event } }`. A guard is `{ type: 'holds', params }`:
 * `params.condition` has to be true and, where there is one, the state `params.inside` (`#id`) active. Such a transition has no
 * target: its condition leads to where the record is already, and keeps it there.
 */
declare function toXStateConfig(machine: Machine): JsonObject;

interface Compiled {
    /** Absent when there is an error. */
    readonly playbook?: Playbook;
    /** In order of file and line. */
    readonly problems: readonly Problem[];
}
interface CompileOptions {
    /** `YYYY-MM-DD`: what has expired is judged on this day. */
    readonly today: string;
}
/**
 * Compiles a playbook folder. The order of the files does not matter; the same files give the same bytes. Never throws for
 * what is written in them.
 */
declare function compilePlaybook(files: readonly SourceFile[], options: CompileOptions): Compiled;

export { compilePlaybook, formatProblem, toXStateConfig };
export type { CompileOptions, Compiled, Place, Problem, SourceFile };
