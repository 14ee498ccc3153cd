/**
 * The most of `costs · x`, where every row and every column stays between its bounds; `Infinity` is no bound. The matrix
 * is held by columns: the entries of column `j` are those from `starts[j]` to `starts[j + 1]`.
 */
interface LinearProgram {
    readonly costs: Float64Array;
    readonly columnLeast: Float64Array;
    readonly columnMost: Float64Array;
    readonly rowLeast: Float64Array;
    readonly rowMost: Float64Array;
    readonly starts: Int32Array;
    readonly rows: Int32Array;
    readonly uses: Float64Array;
}
interface LinearAnswer {
    /** `stopped`: before the end; `columns` are there all the same where something was found. */
    readonly is: 'optimal' | 'infeasible' | 'stopped';
    readonly value: number;
    /** No solution is worth more. */
    readonly bound: number;
    readonly columns: Float64Array;
    /** What one unit more of a row's bound is worth; empty where columns are whole. */
    readonly prices: Float64Array;
    /** What a column is worth beyond what it uses, at those prices; empty where columns are whole. */
    readonly reduced: Float64Array;
}
interface LinearOptions {
    /** Indices of columns that take whole numbers alone. */
    readonly whole?: Int32Array;
    /** A solution that is known; with whole columns alone. */
    readonly start?: Float64Array;
    /** Stops after so many nodes of the search, with what it has: the same on every machine. */
    readonly mostNodes?: number;
    /** Good enough: this share of the value from the bound. Default: 0. */
    readonly gap?: number;
}
/** What solves them: HiGHS, see `loadHighsSolver`. */
interface LinearSolver {
    solve(program: LinearProgram, options?: LinearOptions): LinearAnswer;
}

export type { LinearSolver as L };
