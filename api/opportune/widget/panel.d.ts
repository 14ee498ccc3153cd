import { LitElement, CSSResultGroup, PropertyDeclarations } from 'lit';
import { PanelSource } from '../index.js';
import '../shared/fact.js';
import '../shared/playbook.js';
import '../shared/response.js';

/**
 * The next best action beside a record: what to do, why, with what; answers with undo; why not the others.
 * It draws what its source says and computes nothing. Its shadow root is open: a closed one keeps nobody out, and keeps
 * the host's own accessibility and test tools from looking in. Lightning Web Security closes it by its own means.
 *
 * @tag opportune-panel
 * @fires {ActionAcceptEvent} actionaccept - The rep took an action and the answer is kept. Cancel it to carry the action
 *   out in the host; else its address (a phone number, a mail, a page) is opened.
 * @cssproperty --opportune-surface - The sheet.
 * @cssproperty --opportune-surface-2 - Hover, pressed, bands between cards; only ink stands on it.
 * @cssproperty --opportune-line - Hairlines.
 * @cssproperty --opportune-line-strong - Borders of fields and buttons, 3:1 on the sheet.
 * @cssproperty --opportune-ink - Text.
 * @cssproperty --opportune-ink-2 - Second text.
 * @cssproperty --opportune-accent - The filled button.
 * @cssproperty --opportune-on-accent - Text on the filled button.
 * @cssproperty --opportune-accent-ink - Text buttons and drawings.
 * @cssproperty --opportune-caution - Icon and wash of a caution.
 * @cssproperty --opportune-danger - Icon and wash of an error.
 * @cssproperty --opportune-focus - Focus ring.
 * @cssproperty --opportune-radius - Corners of buttons and fields.
 * @cssproperty --opportune-font - Font family.
 */
declare class OpportunePanel extends LitElement {
    #private;
    static styles: CSSResultGroup;
    static properties: PropertyDeclarations;
    /** Where the views come from: an agent in the page, a worker or a server behind it. */
    source: PanelSource | undefined;
    /** The id of the record in view. */
    record: string | undefined;
    /** The id of the rep who looks. */
    asker: string | undefined;
    constructor();
    connectedCallback(): void;
    disconnectedCallback(): void;
    protected willUpdate(changed: Map<PropertyKey, unknown>): void;
    protected render(): unknown;
}
/** Registers the panel; a host that has two of them, or names of its own, gives another tag. Twice the same is no fault. */
declare function define(tag?: string, registry?: CustomElementRegistry): void;
declare global {
    interface HTMLElementTagNameMap {
        'opportune-panel': OpportunePanel;
    }
}

export { OpportunePanel, define };
