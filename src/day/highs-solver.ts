import { OpportuneError } from '../core/errors.js';
import type { LinearAnswer, LinearSolver } from './linear-program.js';

export interface HighsOptions {
  /** Where `highs.wasm` lies, in a page that does not serve it beside the script. */
  readonly locateFile?: (file: string) => string;
}

/** What is used of HiGHS. */
interface Highs {
  createModel(program: object): HighsModel;
}

interface HighsModel {
  readonly options: { set(values: Readonly<Record<string, number | string | boolean>>): unknown };
  readonly info: { get(name: string): number | bigint };
  setSolution(solution: { readonly colValue: Float64Array }): unknown;
  run(): unknown;
  getModelStatus(): number;
  getObjectiveValue(): number;
  getSolution(): {
    readonly colValue: Float64Array;
    readonly colDual: Float64Array;
    readonly rowDual: Float64Array;
  };
  dispose(): void;
}

const MAXIMIZE = -1;
const WHOLE = 1;
const OPTIMAL = 7;
const INFEASIBLE: readonly number[] = [8, 9];
const FEASIBLE = 2;

/**
 * HiGHS as a solver. Its 3.5 MB are loaded here and nowhere else: call it where a plan is made.
 * @throws OpportuneError `opportune/no-solver` where the package is not installed.
 */
export async function loadHighsSolver(options: HighsOptions = {}): Promise<LinearSolver> {
  const highs = await load(options);
  return {
    solve({ costs, rowLeast, ...program }, { whole, start, mostNodes, gap = 0 } = {}) {
      const shape = { numCols: costs.length, numRows: rowLeast.length };
      const integrality = whole && new Int32Array(costs.length);
      for (const column of whole ?? []) if (integrality) integrality[column] = WHOLE;
      const model = highs.createModel({
        ...shape,
        sense: MAXIMIZE,
        colCost: costs,
        colLower: program.columnLeast,
        colUpper: program.columnMost,
        rowLower: rowLeast,
        rowUpper: program.rowMost,
        matrix: {
          ...shape,
          format: 'csc',
          starts: program.starts,
          indices: program.rows,
          values: program.uses,
        },
        ...(integrality && { integrality }),
      });
      try {
        model.options.set({
          output_flag: false,
          ...(!whole && { solver: 'simplex' }),
          ...(whole && {
            ...{ mip_rel_gap: gap, mip_abs_gap: 1e-9, random_seed: 0 },
            // Of a few columns it takes four fifths of the time, and finds no better plan.
            mip_heuristic_run_feasibility_jump: false,
          }),
          ...(mostNodes !== undefined && { mip_max_nodes: mostNodes }),
        });
        if (start) model.setSolution({ colValue: start });
        model.run();
        return answerOf(model, whole !== undefined);
      } finally {
        model.dispose();
      }
    },
  };
}

function answerOf(model: HighsModel, isWhole: boolean): LinearAnswer {
  const none = new Float64Array();
  const status = model.getModelStatus();
  if (INFEASIBLE.includes(status))
    return {
      is: 'infeasible',
      value: Number.NEGATIVE_INFINITY,
      bound: Number.NEGATIVE_INFINITY,
      columns: none,
      prices: none,
      reduced: none,
    };
  const isThere = model.info.get('primal_solution_status') === FEASIBLE;
  const { colValue, colDual, rowDual } = model.getSolution();
  const value = model.getObjectiveValue();
  return {
    is: status === OPTIMAL ? 'optimal' : 'stopped',
    value: isThere ? value : Number.NEGATIVE_INFINITY,
    bound: isWhole ? Number(model.info.get('mip_dual_bound')) : value,
    columns: isThere ? colValue : none,
    prices: isWhole ? none : rowDual,
    reduced: isWhole ? none : colDual,
  };
}

async function load(options: HighsOptions): Promise<Highs> {
  try {
    const { default: start } = (await import('highs')) as unknown as {
      default(options: HighsOptions): Promise<Highs>;
    };
    return await start(options);
  } catch (cause) {
    throw new OpportuneError('opportune/no-solver', 'the solver HiGHS does not load', {
      remedy:
        'Install "highs"; in a page, say with locateFile where highs.wasm lies and allow wasm-unsafe-eval',
      cause,
    });
  }
}
