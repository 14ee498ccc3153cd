import type { Cell, Form } from './forms.js';

/**
 * Code for a machine of one instruction of two integers: jump, flip and word; mask. When the cell holds (with flip: when
 * it does not) on with the next; else forward by the jump, or out with "false" when there is none. An integer below zero
 * ends it with "true"; the integer behind it is the answer.
 */
const FLIP = 1 << 16;
const JUMP_SHIFT = 17;
/** Further no jump can go. */
export const LONGEST_PROGRAM = 16_000;

export const TRUE_CELL: Cell = { word: 0, mask: -1 };
export const FALSE_CELL: Cell = { word: 0, mask: 0 };

/**
 * Appends code that goes on behind itself when the form is `truth`, and notes in `exits` where it leaves when it is not.
 */
export function writeProgram(
  form: Form | Cell,
  truth: boolean,
  code: number[],
  exits: number[],
): void {
  if ('word' in form) {
    exits.push(code.length);
    code.push(truth ? form.word : form.word | FLIP, form.mask);
    return;
  }
  const all = 'all' in form;
  const parts: readonly (Form | Cell)[] = all ? form.all : form.any;
  if (all === truth) {
    for (const part of parts) writeProgram(part, truth, code, exits);
    return;
  }
  // The last part decides; one before it that comes out otherwise jumps behind the last.
  const decided: number[] = [];
  const last = parts.length - 1;
  for (let i = 0; i < last; i++) writeProgram(parts[i] as Form, !truth, code, decided);
  writeProgram(parts[last] ?? (all ? TRUE_CELL : FALSE_CELL), truth, code, exits);
  for (const at of decided) code[at] = (code[at] as number) | ((code.length - at) << JUMP_SHIFT);
}

/** Gives the answer of a program that comes out true, else -1. */
export function runProgram(programs: Int32Array, start: number, bits: Int32Array): number {
  for (let at = start; ; ) {
    const step = programs[at] as number;
    const mask = programs[at + 1] as number;
    if (step < 0) return mask;
    const held = (bits[step & 0xffff] as number) & mask;
    if ((held === 0) === ((step & FLIP) === 0)) {
      const jump = step >>> JUMP_SHIFT;
      if (jump === 0) return -1;
      at += jump;
    } else at += 2;
  }
}
