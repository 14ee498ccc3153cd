import { type CSSResultGroup, css } from 'lit';
import type { InsightsSource } from '../src/insights/insights-source.js';
import { OpportuneInsights } from './opportune-insights.js';

/**
 * What guidance may be worth, from what sellers gain to earnings per share, quarter by quarter: estimates with their
 * ranges and sources, and in their place what the holdout measured, where there is one. The page of findings with this
 * question alone.
 *
 * @tag opportune-roi
 */
export class OpportuneRoi extends OpportuneInsights {
  static override styles: CSSResultGroup = [
    OpportuneInsights.styles,
    css`
      nav {
        display: none;
      }
      .frame {
        display: block;
        max-inline-size: 1040px;
      }
    `,
  ];

  protected override narrow(source: InsightsSource): InsightsSource {
    return {
      ...source,
      ask: (...asked) => source.ask(...asked),
      async open() {
        const { sharing: _, ...opened } = await source.open();
        return { ...opened, presets: opened.presets.filter(({ id }) => id === 'roi') };
      },
    };
  }
}

const TAG = 'opportune-roi';

export function define(tag: string = TAG, registry: CustomElementRegistry = customElements): void {
  if (registry.get(tag)) return;
  registry.define(tag, tag === TAG ? OpportuneRoi : class extends OpportuneRoi {});
}

declare global {
  interface HTMLElementTagNameMap {
    'opportune-roi': OpportuneRoi;
  }
}
