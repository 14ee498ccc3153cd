import type { CrmSignIn } from './crm-sign-in.js';
import { type Crm, type CrmPorts, openCrm } from './open-crm.js';

/** One sign-in for all who use the CRM, made when the first of them needs it. */
export interface CrmDoor {
  open(): Promise<Crm>;
  /** The sign-in was refused: the next one who comes signs in anew. */
  forget(): void;
}

export function createCrmDoor(signIn: CrmSignIn, ports: CrmPorts): CrmDoor {
  let opening: Promise<Crm> | undefined;
  return {
    open() {
      opening ??= openCrm(signIn, ports).catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      return opening;
    },
    forget() {
      opening = undefined;
    },
  };
}
