import type { Playbook } from 'opportune';
import type { Changes } from 'opportune/studio';
import { forgetVersions } from './own-versions.js';

/** What a visitor made of the demo's playbook in the studio: kept in this browser, and read by all its tabs. */
export interface Own {
  readonly playbook: Playbook;
  /** Files that are new or others than the demo's own, and the paths of those that were taken away. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly gone: readonly string[];
}

export const OWN = 'opportune-demo-playbook';
const DRAFT = 'opportune-demo-draft';

export function readOwn(): Own | undefined {
  return read<Own>(OWN);
}

/** @throws when this browser keeps nothing, or no more. */
export function keepOwn(own: Own): void {
  localStorage.setItem(OWN, JSON.stringify(own));
}

/** What is written and not published. */
export interface Draft {
  readonly kept: Changes;
  /** The number of the version that it changes; absent: the one that is live. */
  readonly keptFrom?: number | undefined;
}

export function readDraft(): Draft | undefined {
  return read<Draft>(DRAFT);
}

/** @throws as {@link keepOwn}. */
export function keepDraft(draft: Draft): void {
  localStorage.setItem(DRAFT, JSON.stringify(draft));
}

export function forgetOwn(): void {
  forgetVersions();
  try {
    localStorage.removeItem(OWN);
    localStorage.removeItem(DRAFT);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function read<Kept>(key: string): Kept | undefined {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? undefined : (JSON.parse(kept) as Kept);
  } catch {
    return undefined;
  }
}
