import type { Playbook } from 'opportune';
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

export function readDraft<Draft>(): Draft | undefined {
  return read<Draft>(DRAFT);
}

/** @throws as {@link keepOwn}. */
export function keepDraft(draft: object): void {
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
