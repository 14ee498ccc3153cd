import { type CSSResultGroup, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { InsightsSource } from '../src/insights/insights-source.js';
import { INSIGHTS_STRINGS as WORDS } from '../src/insights/insights-strings.js';
import { type DeskKeeper, keepDesk } from './desk-keeper.js';
import { criticStyles } from './insights-critic-styles.js';
import { type InsightsDesk, openInsightsDesk } from './insights-desk.js';
import { insightsRoiStyles } from './insights-roi-styles.js';
import { insightsStyles } from './insights-styles.js';
import { insightsView } from './insights-view.js';
import { pageStyles } from './page-styles.js';
import { button } from './panel-bits.js';

/** What the frame around a chart takes of the element's width, in pixels. */
const FRAME = { wide: 288, narrow: 40 };
/** From here on the questions stand beside the answer. */
const WIDE = 860;
const MOST = 1040;

/**
 * What recorded facts add up to, for managers and marketers: findings as sentences with small charts, each with what it
 * rests on and how it could mislead.
 *
 * @tag opportune-insights
 */
export class OpportuneInsights extends LitElement {
  static override styles: CSSResultGroup = [
    pageStyles,
    insightsStyles,
    insightsRoiStyles,
    criticStyles,
  ];
  static override properties: PropertyDeclarations = {
    source: { attribute: false },
  };

  /** Where findings come from, and where examples and drafts lead. */
  declare source: InsightsSource | undefined;

  readonly #keeper: DeskKeeper<InsightsDesk> = keepDesk(this, (source: InsightsSource) =>
    openInsightsDesk(this, this.narrow(source)),
  );
  #width = 0;
  #watch: ResizeObserver | undefined;

  /** What of a source is shown: all of it. */
  protected narrow(source: InsightsSource): InsightsSource {
    return source;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch = new ResizeObserver(([entry]) => {
      const width = Math.round(entry?.contentRect.width ?? 0);
      if (width === this.#width) return;
      this.#width = width;
      // What is drawn anew within the round that told of the size may change it again.
      requestAnimationFrame(() => this.requestUpdate());
    });
    this.#watch.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch?.disconnect();
  }

  protected override render(): unknown {
    const { desk, failed } = this.#keeper;
    if (failed !== undefined)
      return html`<main class="only"><h1>${WORDS.cannotOpen}</h1><p class="note wrong" role="alert">${failed}</p>${button('primary', WORDS.tryAgain, () => this.#keeper.sit())}</main>`;
    if (!desk)
      return html`<main class="only"><p class="quiet" role="status">${WORDS.loading}</p></main>`;
    const { said } = desk.state;
    const width = this.#width - (this.#width < WIDE ? FRAME.narrow : FRAME.wide);
    return html`${insightsView(desk, Math.max(240, Math.min(MOST, width)))}<p class="spoken" role="status">${said || nothing}</p>`;
  }
}

const TAG = 'opportune-insights';

export function define(tag: string = TAG, registry: CustomElementRegistry = customElements): void {
  if (registry.get(tag)) return;
  registry.define(tag, tag === TAG ? OpportuneInsights : class extends OpportuneInsights {});
}

declare global {
  interface HTMLElementTagNameMap {
    'opportune-insights': OpportuneInsights;
  }
}
