import type { RecordId, SubjectKey } from './value.js';

/** What a rep knows, on its way to become guidance. */
export interface TipRequest {
  readonly id: string;
  readonly asker: RecordId;
  readonly account?: SubjectKey;
  readonly record?: RecordId;
  readonly play?: string;
  readonly text: string;
  /** Attributes of the situation it goes with. */
  readonly attributes: {
    readonly [attribute: string]: string | number | boolean | readonly string[];
  };
  /** False: the author's name stays with the author's own list only. */
  readonly signed: boolean;
  readonly occurredAt: number;
}

export type TipStatus = 'sent' | 'edited' | 'published' | 'not-used';

export interface Tip extends TipRequest {
  readonly status: TipStatus;
  readonly steps: readonly {
    readonly status: TipStatus;
    readonly at: number;
    readonly by?: RecordId;
    readonly because?: string;
    readonly text?: string;
  }[];
}
