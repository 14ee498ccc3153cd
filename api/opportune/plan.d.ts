import { Playbook } from './index.js';
import './shared/fact.js';

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

export { compilePlaybook, formatProblem };
export type { CompileOptions, Compiled, Place, Problem, SourceFile };
