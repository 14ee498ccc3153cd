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

export { formatProblem as f };
export type { Problem as P, SourceFile as S, Place as a };
