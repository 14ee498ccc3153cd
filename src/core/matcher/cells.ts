import { type Form, likelihood } from './normalize.js';
import { type AttributeChannels, bitOf, CUTS, EXACT, wordOf } from './vocabulary.js';

/** It holds when `words[word] & mask` is not zero. */
export interface Cell {
  readonly word: number;
  readonly mask: number;
  readonly attribute: AttributeChannels | undefined;
  /** A guess at the share of records for which it holds. */
  readonly share: number;
}

export type Cells = Cell | { readonly all: readonly Cells[] } | { readonly any: readonly Cells[] };

/** A cell that always holds: word 0 is all ones. */
export const TRUE_CELL: Cell = { word: 0, mask: -1, attribute: undefined, share: 1 };

const LAST_WORD = 0xffff;
const PRESENT_ELSEWHERE = 1 << 31;
/** Every bit but that of a missing value. */
const PRESENT = ~1;

/** The form in cells. Parts whose words are beyond what a cell can name are left out: false is returned by `isLoose`. */
export function toCells(form: Form, leaveOut: () => void): Cells {
  if ('all' in form)
    return {
      all: flatten(
        form.all.map((part) => toCells(part, leaveOut)),
        'all',
      ),
    };
  if ('any' in form) return { any: form.any.map((part) => toCells(part, leaveOut)) };
  const { channel, sort, codes } = form;
  const { attribute } = channel;
  const share = likelihood(form);
  const cell = (words: readonly number[], at: number, mask: number): Cells => {
    const word = words[at] as number;
    if (word <= LAST_WORD) return { word, mask, attribute, share };
    leaveOut();
    return { all: [] };
  };
  const code = codes[0];
  if (channel.kind === CUTS) {
    const words = sort === 'from' ? channel.words : channel.inverse;
    return cell(words, wordOf(channel, code as number), bitOf(channel, code as number));
  }
  if (sort === 'none' && channel.kind !== EXACT) {
    if (code === undefined) return cell(channel.words, 0, PRESENT_ELSEWHERE);
    return {
      all: codes.map((one) => cell(channel.inverse, wordOf(channel, one), bitOf(channel, one))),
    };
  }
  const masks = new Map<number, number>();
  for (const one of codes) {
    const at = wordOf(channel, one);
    masks.set(at, (masks.get(at) ?? 0) | bitOf(channel, one));
  }
  if (sort === 'some') {
    const parts = [...masks].map(([at, mask]) => cell(channel.words, at, mask));
    return parts.length === 1 ? (parts[0] as Cells) : { any: parts };
  }
  if (masks.size === 0) return cell(channel.words, 0, PRESENT);
  const parts = [...masks].map(([at, mask]) => cell(channel.words, at, ~mask & PRESENT));
  return parts.length === 1 ? (parts[0] as Cells) : { all: parts };
}

function flatten(parts: readonly Cells[], key: 'all'): Cells[] {
  return parts.flatMap((part) =>
    key in part ? flatten((part as { all: Cells[] }).all, key) : [part],
  );
}

/**
 * Code for a machine of one instruction. Two integers: word, flip and jump; mask. When the cell holds (with flip: does
 * not hold), on with the next; else forward by the jump, or out when there is none. A negative integer ends it: true.
 */
const FLIP = 1 << 16;
const JUMP_SHIFT = 17;
/** The longest program whose jumps fit. */
export const LONGEST_PROGRAM: number = (1 << (31 - JUMP_SHIFT)) - 2;

export function writeProgram(cells: Cells, code: number[]): void {
  whenTrue(cells, code, []);
}

/** Goes on behind what it writes when true; notes in `exits` where it leaves when not. */
function whenTrue(cells: Cells, code: number[], exits: number[]): void {
  if ('word' in cells) {
    exits.push(code.length);
    code.push(cells.word, cells.mask);
  } else if ('all' in cells) {
    for (const part of cells.all) whenTrue(part, code, exits);
  } else {
    const done: number[] = [];
    const last = cells.any.length - 1;
    for (const [i, part] of cells.any.entries()) {
      if (i < last) whenFalse(part, code, done);
      else whenTrue(part, code, exits);
    }
    if (last < 0) whenTrue({ ...TRUE_CELL, mask: 0 }, code, exits);
    land(done, code);
  }
}

/** Goes on behind when false; leaves when true. */
function whenFalse(cells: Cells, code: number[], exits: number[]): void {
  if ('word' in cells) {
    exits.push(code.length);
    code.push(cells.word | FLIP, cells.mask);
  } else if ('any' in cells) {
    for (const part of cells.any) whenFalse(part, code, exits);
  } else {
    const done: number[] = [];
    const last = cells.all.length - 1;
    for (const [i, part] of cells.all.entries()) {
      if (i < last) whenTrue(part, code, done);
      else whenFalse(part, code, exits);
    }
    if (last < 0) whenFalse(TRUE_CELL, code, exits);
    land(done, code);
  }
}

function land(from: readonly number[], code: number[]): void {
  for (const at of from) code[at] = (code[at] as number) | ((code.length - at) << JUMP_SHIFT);
}

/** Runs a program; gives the integer behind its end, or -1 when it is false. */
export function runProgram(programs: Int32Array, start: number, words: Int32Array): number {
  for (let at = start; ; ) {
    const step = programs[at] as number;
    if (step < 0) return programs[at + 1] as number;
    const held = (words[step & 0xffff] as number) & (programs[at + 1] as number);
    if ((held === 0) === ((step & FLIP) === 0)) {
      const jump = step >>> JUMP_SHIFT;
      if (jump === 0) return -1;
      at += jump;
    } else at += 2;
  }
}
