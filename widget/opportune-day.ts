import { type CSSResultGroup, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { DaySource, LookingAround } from '../src/day/day-source.js';
import { DAY_STRINGS as SAY } from '../src/day/day-strings.js';
import { type DayDesk, openDayDesk } from './day-desk.js';
import { dayStyles } from './day-styles.js';
import { dayView } from './day-view.js';
import { type DeskKeeper, keepDesk } from './desk-keeper.js';
import { pageStyles } from './page-styles.js';
import { button } from './panel-bits.js';

/**
 * A rep's day or week as a plan: what to do when, for whom and why, what another hour is worth, what was left out and
 * why, and what each change by hand costs. It hides no card.
 *
 * @tag opportune-day
 */
export class OpportuneDay extends LitElement {
  static override styles: CSSResultGroup = [pageStyles, dayStyles];
  static override properties: PropertyDeclarations = {
    source: { attribute: false },
  };

  /** Where cards come from, what plans them exactly, and where a card leads. */
  declare source: DaySource | undefined;

  readonly #keeper: DeskKeeper<DayDesk> = keepDesk(this, (source: DaySource) => {
    this.#looking = undefined;
    return openDayDesk(this, source, (looking) => {
      this.#looking = looking;
      this.requestUpdate();
    });
  });
  #looking: LookingAround | undefined;
  #isAll = false;

  protected override render(): unknown {
    const { desk, failed } = this.#keeper;
    if (failed !== undefined)
      return html`<main class="only"><h1>${SAY.cannotOpen}</h1><p class="note wrong" role="alert">${failed}</p>${button('primary', SAY.tryAgain, () => this.#keeper.sit())}</main>`;
    if (!desk)
      return html`<main class="only"><p class="quiet" role="status">${loadingText(this.#looking)}</p></main>`;
    const showAll = (all: boolean): void => {
      this.#isAll = all;
      this.requestUpdate();
    };
    return html`${dayView(desk, { isAll: this.#isAll, showAll })}<p class="spoken" role="status">${desk.state.said || nothing}</p>`;
  }
}

function loadingText(looking: LookingAround | undefined): string {
  if (!looking || looking.of === 0) return SAY.loading;
  const number = (value: number): string => value.toLocaleString('en');
  return SAY.lookingAround
    .replace('{looked}', number(looking.looked))
    .replace('{of}', number(looking.of));
}

const TAG = 'opportune-day';

export function define(tag: string = TAG, registry: CustomElementRegistry = customElements): void {
  if (registry.get(tag)) return;
  registry.define(tag, tag === TAG ? OpportuneDay : class extends OpportuneDay {});
}

declare global {
  interface HTMLElementTagNameMap {
    'opportune-day': OpportuneDay;
  }
}
