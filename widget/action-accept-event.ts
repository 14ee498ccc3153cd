import type { ActionKind } from '../src/domain/playbook.js';

/** What the rep accepted. */
export interface AcceptedAction {
  /** The card's id. */
  readonly card: string;
  /** The record in view. */
  readonly record: string;
  readonly kind: ActionKind;
  /** `tel:`, `mailto:` or `https:`; opened unless the event is cancelled. */
  readonly href: string | undefined;
}

/** The rep took an action and the answer is kept. Cancel it to carry the action out in the host. */
export class ActionAcceptEvent extends Event {
  readonly detail: AcceptedAction;

  constructor(detail: AcceptedAction) {
    super('actionaccept', { bubbles: true, composed: true, cancelable: true });
    this.detail = detail;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    actionaccept: ActionAcceptEvent;
  }
}
