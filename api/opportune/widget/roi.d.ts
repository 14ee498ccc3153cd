import { CSSResultGroup } from 'lit';
import { InsightsSource } from '../insights.js';
import { OpportuneInsights } from './insights.js';
import '../shared/fact.js';
import '../shared/linear-program.js';
import '../shared/problem.js';

/**
 * What guidance may be worth, from what sellers gain to earnings per share, quarter by quarter: estimates with their
 * ranges and sources, and in their place what the holdout measured, where there is one. The page of findings with this
 * question alone.
 *
 * @tag opportune-roi
 */
declare class OpportuneRoi extends OpportuneInsights {
    static styles: CSSResultGroup;
    protected narrow(source: InsightsSource): InsightsSource;
}
declare function define(tag?: string, registry?: CustomElementRegistry): void;
declare global {
    interface HTMLElementTagNameMap {
        'opportune-roi': OpportuneRoi;
    }
}

export { OpportuneRoi, define };
