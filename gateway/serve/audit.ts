import type { AuditEntry } from '../database/audit.js';
import { together } from '../database/together.js';
import type { Identity } from '../identity/identity.js';

type AuditedAction =
  | 'looked'
  | 'answered'
  | 'changed'
  | 'published'
  | 'proposed'
  | 'approved'
  | 'withdrew'
  | 'rolled-back'
  | 'signed-in'
  | 'shared'
  | 'unshared'
  | 'erased'
  | 'exported'
  | 'read-audit';

export interface Audit {
  /** Resolves when the entry is durable. */
  note(
    identity: Identity | undefined,
    action: AuditedAction,
    target: string,
    detail?: NonNullable<AuditEntry['detail']>,
  ): Promise<void>;
}

/** One commit for all who look at one moment. */
export function createAudit(
  append: (entries: readonly AuditEntry[]) => Promise<void>,
  /** What stands for a target: the trail cannot be changed, and must know nobody who is erased. */
  standInFor: (target: string) => string,
): Audit {
  const write = together<AuditEntry, void>(async (entries) => {
    await append(entries);
    return [];
  });
  return {
    async note(identity, action, target, detail = {}) {
      const actor = identity?.id ?? 'system';
      const roles = [...(identity?.roles ?? [])];
      await write({ actor, roles, action, target: standInFor(target), detail });
    },
  };
}
