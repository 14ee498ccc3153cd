import type { RecordId, SubjectKey } from '../domain/value.js';

/**
 * What an analysis has to say: for a terminal, a page of its own, or the component. Nothing but data, so that it may be stored.
 * Options of the command stand in parentheses of their own, `(--seller)`: the component leaves these out.
 */
export interface Report {
  readonly title: string;
  /** What was asked, in a sentence or two. */
  readonly lead: readonly string[];
  readonly sections: readonly Section[];
}

export interface Section {
  readonly heading: string;
  /** For who wants to know exactly: folded where that is possible. */
  readonly isAside?: true;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | TableBlock
  | { readonly kind: 'chart'; readonly chart: Chart; readonly data: TableBlock }
  | { readonly kind: 'records'; readonly title: string; readonly records: readonly NamedRecord[] }
  | DraftBlock;

export interface TableBlock {
  readonly kind: 'table';
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A record that can be opened where records are. */
export interface NamedRecord {
  readonly account: SubjectKey;
  readonly record: RecordId;
  readonly name?: string;
}

/** A play for people to correct, and what attributes.yaml would need for it. */
export interface DraftBlock {
  readonly kind: 'draft';
  readonly title: string;
  readonly path: string;
  readonly text: string;
  readonly attributes?: string;
}

/** A small picture; its title and description say in words what it shows. */
export type Chart = {
  readonly title: string;
  readonly description: string;
} & (
  | {
      /** A dot with its interval a row. */
      readonly kind: 'intervals';
      /** A dashed line, where nothing would be or what is compared with lies. */
      readonly zero?: { readonly value: number; readonly text: string };
      readonly rows: readonly {
        readonly label: string;
        readonly value: number;
        /** The value as it is read. */
        readonly text: string;
        readonly low: number;
        readonly high: number;
        /** Drawn quiet: it does not count. */
        readonly isQuiet?: boolean;
      }[];
    }
  | {
      /** What was said against what came, from 0 to 1 both; on the line what was said came true. */
      readonly kind: 'calibration';
      readonly said: string;
      readonly came: string;
      readonly points: readonly {
        readonly said: number;
        readonly came: number;
        readonly low: number;
        readonly high: number;
      }[];
    }
  | {
      /** The best of one amount for so much of another, from point to point; one point beside it is told apart. */
      readonly kind: 'frontier';
      readonly across: string;
      readonly up: string;
      readonly points: readonly {
        readonly x: number;
        readonly y: number;
        /** As they are read. */
        readonly textX: string;
        readonly textY: string;
      }[];
      readonly marked: { readonly x: number; readonly y: number; readonly text: string };
    }
  | {
      /** A bar a row, from 0. */
      readonly kind: 'bars';
      readonly rows: readonly {
        readonly label: string;
        readonly value: number;
        readonly text: string;
      }[];
    }
);

export const text = (words: string): Block => ({ kind: 'text', text: words });
