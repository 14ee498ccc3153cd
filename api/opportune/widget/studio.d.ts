import { LitElement, CSSResultGroup, PropertyDeclarations } from 'lit';
import { StudioSource } from '../studio.js';
import '../shared/playbook.js';
import '../shared/fact.js';
import '../shared/response.js';
import '../shared/problem.js';
import '../shared/port-calls.js';
import '../shared/workbench.js';

/**
 * Where a playbook is written: plays as sentences with choices inside, tried on real records while they are written.
 * It draws what its source gives it, and writes nothing that the source does not take.
 *
 * @tag opportune-studio
 */
declare class OpportuneStudio extends LitElement {
    #private;
    static styles: CSSResultGroup;
    static properties: PropertyDeclarations;
    /** Where the playbook comes from and goes to. */
    source: StudioSource | undefined;
    connectedCallback(): void;
    disconnectedCallback(): void;
    protected updated(): void;
    protected render(): unknown;
}
/** Registers the studio, and the panel that it shows cards in. */
declare function define(tag?: string, registry?: CustomElementRegistry): void;
declare global {
    interface HTMLElementTagNameMap {
        'opportune-studio': OpportuneStudio;
    }
}

export { OpportuneStudio, define };
