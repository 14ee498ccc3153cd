import { LitElement, CSSResultGroup, PropertyDeclarations } from 'lit';
import { DaySource } from '../day.js';
import '../shared/fact.js';
import '../shared/playbook.js';
import '../shared/response.js';
import '../shared/port-calls.js';
import '../shared/linear-program.js';

/**
 * A rep's day or week as a plan: what to do when, for whom and why, what another hour is worth, what was left out and
 * why, and what each change by hand costs. It hides no card.
 *
 * @tag opportune-day
 */
declare class OpportuneDay extends LitElement {
    #private;
    static styles: CSSResultGroup;
    static properties: PropertyDeclarations;
    /** Where cards come from, what plans them exactly, and where a card leads. */
    source: DaySource | undefined;
    protected render(): unknown;
}
declare function define(tag?: string, registry?: CustomElementRegistry): void;
declare global {
    interface HTMLElementTagNameMap {
        'opportune-day': OpportuneDay;
    }
}

export { OpportuneDay, define };
