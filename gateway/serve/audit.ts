import type { AuditEntry } from '../database/audit.js';
import type { Identity } from '../identity/identity.js';

type AuditedAction =
  | 'looked'
  | 'answered'
  | 'changed'
  | 'published'
  | 'rolled-back'
  | 'signed-in'
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

/** Entries that come while others are being written are written together: one commit for all who look at that moment. */
export function createAudit(
  append: (entries: readonly AuditEntry[]) => Promise<void>,
  /** What stands for a target: the trail cannot be changed, and must know nobody who is erased. */
  standInFor: (target: string) => string,
): Audit {
  let waiting: AuditEntry[] = [];
  let next: Promise<void> | undefined;
  let writing: Promise<void> = Promise.resolve();

  return {
    note(identity, action, target, detail = {}) {
      const roles = [...(identity?.roles ?? [])];
      waiting.push({
        actor: identity?.id ?? 'system',
        roles,
        action,
        target: standInFor(target),
        detail,
      });
      next ??= writing.then(() => {
        const entries = waiting;
        waiting = [];
        next = undefined;
        const written = append(entries);
        writing = written.catch(() => undefined);
        return written;
      });
      return next;
    },
  };
}
