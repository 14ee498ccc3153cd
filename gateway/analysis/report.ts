/** What an analysis has to say: for a terminal, or for a page. Every chart carries the figures that it draws. */
export interface Report {
  readonly title: string;
  /** What was asked, in a sentence or two. */
  readonly lead: readonly string[];
  readonly sections: readonly Section[];
}

export interface Section {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | TableBlock
  | { readonly kind: 'chart'; readonly chart: Chart; readonly data: TableBlock }
  | { readonly kind: 'code'; readonly title: string; readonly text: string };

export interface TableBlock {
  readonly kind: 'table';
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A small picture; its title and description say in words what it shows. */
export type Chart = {
  readonly title: string;
  readonly description: string;
} & (
  | {
      /** A dot with its interval a row, and a line where nothing would be. */
      readonly kind: 'intervals';
      readonly zero: number;
      readonly format: (value: number) => string;
      readonly rows: readonly {
        readonly label: string;
        readonly value: number;
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
      /** A bar a row, from 0. */
      readonly kind: 'bars';
      readonly format: (value: number) => string;
      readonly rows: readonly { readonly label: string; readonly value: number }[];
    }
);

export const text = (words: string): Block => ({ kind: 'text', text: words });
