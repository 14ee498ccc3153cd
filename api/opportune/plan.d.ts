import { Machine, Playbook } from './index.js';
import { P as Problem, a as Place, S as SourceFile } from './shared/problem.js';
export { f as formatProblem } from './shared/problem.js';
import { JsonObject } from './index.js';
import './shared/response.js';

/**
 * What a source file may look like. One table serves three readers: the check below, the JSON Schema for editors, and
 * the person who reads it. `about` is what an editor shows beside the field.
 */
type Shape = {
    readonly about?: string;
} & ({
    readonly is: 'text';
    readonly pattern?: string;
    readonly like?: string;
    /** Says more than the pattern: throws a RangeError with what is wrong. */
    readonly parse?: (text: string) => unknown;
    /** What stands there by mistake may be a secret, and no message repeats it. */
    readonly secret?: true;
} | {
    readonly is: 'choice';
    readonly options: readonly string[];
} | {
    readonly is: 'number';
    readonly min?: number;
    readonly max?: number;
    readonly whole?: true;
} | {
    readonly is: 'boolean';
}
/** Text, number or boolean, whose meaning depends on an attribute. */
 | {
    readonly is: 'literal';
} | {
    readonly is: 'list';
    readonly of: Shape;
    readonly min?: number;
    readonly max?: number;
}
/** Names of the author's own, each with the same shape. */
 | {
    readonly is: 'names';
    readonly of: Shape;
} | {
    readonly is: 'fields';
    readonly fields: {
        readonly [name: string]: Shape;
    };
    readonly required?: readonly string[];
    /** Of these, exactly one. */
    readonly oneOf?: readonly string[];
    /** Fields that people expect here, and what to write instead. */
    readonly instead?: {
        readonly [name: string]: string;
    };
}
/** Told apart by whether it is a word, a list or a map. */
 | {
    readonly is: 'either';
    readonly of: readonly Shape[];
}
/** A shape that may hold itself; `name` is what the JSON Schema calls it. */
 | {
    readonly is: 'nested';
    readonly name: string;
    readonly of: () => Shape;
}
/** Read by `read-condition.ts`. */
 | {
    readonly is: 'condition';
});

/** A settings file in YAML, read as a playbook's files are: bounded, YAML 1.2, and every finding with its place. */
interface Settings {
    /** Plain JSON of the shape that was asked for; absent when there is an error. */
    readonly value?: unknown;
    /** In order of line. */
    readonly problems: readonly Problem[];
    /** Where a value stands; of one that is not there, what would hold it. */
    placeOf(...path: readonly (string | number)[]): Place;
}
declare function readSettings(file: string, text: string, shape: Shape): Settings;

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
/** The same for a playbook that is compiled again and again: only what changed is read. */
declare function createCompiler(options: CompileOptions): (files: readonly SourceFile[]) => Compiled;

export { Place, Problem, SourceFile, compilePlaybook, createCompiler, readSettings, toXStateConfig };
export type { CompileOptions, Compiled, Settings, Shape };
