import { LitElement, CSSResultGroup, PropertyDeclarations } from 'lit';
import { InsightsSource } from '../insights.js';
import '../shared/fact.js';
import '../shared/linear-program.js';
import '../shared/problem.js';

/**
 * What recorded facts add up to, for managers and marketers: findings as sentences with small charts, each with what it
 * rests on and how it could mislead.
 *
 * @tag opportune-insights
 */
declare class OpportuneInsights extends LitElement {
    #private;
    static styles: CSSResultGroup;
    static properties: PropertyDeclarations;
    /** Where findings come from, and where examples and drafts lead. */
    source: InsightsSource | undefined;
    /** What of a source is shown: all of it. */
    protected narrow(source: InsightsSource): InsightsSource;
    connectedCallback(): void;
    disconnectedCallback(): void;
    protected render(): unknown;
}
declare function define(tag?: string, registry?: CustomElementRegistry): void;
declare global {
    interface HTMLElementTagNameMap {
        'opportune-insights': OpportuneInsights;
    }
}

export { OpportuneInsights, define };
