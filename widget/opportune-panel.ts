import { type CSSResultGroup, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { PanelSource } from '../src/domain/view.js';
import { createDesk, type Desk } from './panel-desk.js';
import { panelStyles } from './panel-styles.js';

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
export class OpportunePanel extends LitElement {
  static override styles: CSSResultGroup = panelStyles;
  static override properties: PropertyDeclarations = {
    source: { attribute: false },
    record: {},
    asker: {},
  };

  /** Where the views come from: an agent in the page, a worker or a server behind it. */
  declare source: PanelSource | undefined;
  /** The id of the record in view. */
  declare record: string | undefined;
  /** The id of the rep who looks. */
  declare asker: string | undefined;

  #desk: Desk | undefined;
  #sight: IntersectionObserver | undefined;

  constructor() {
    super();
    // What of the rep is in the panel: the pointer, the focus.
    const inside = new Set<string>();
    const hold = ({ type }: Event): void => {
      const what = type.slice(0, 5);
      if (type.endsWith('in') || type.endsWith('enter')) inside.add(what);
      else inside.delete(what);
      this.#desk?.hold(inside.size > 0);
    };
    for (const type of ['pointerenter', 'pointerleave', 'focusin', 'focusout']) {
      this.addEventListener(type, hold);
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sight = new IntersectionObserver(([entry]) => this.#desk?.see(!!entry?.isIntersecting));
    if (this.hasUpdated) {
      this.#sit();
      this.requestUpdate();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sight?.disconnect();
    this.#desk?.close();
    this.#desk = undefined;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.size) this.#sit();
  }

  protected override render(): unknown {
    return this.#desk?.render() ?? nothing;
  }

  /** Takes up the record that the properties name, and leaves the one before. */
  #sit(): void {
    const { source, record, asker } = this;
    this.#desk?.close();
    this.#desk = source && record && asker ? createDesk(this, source, record, asker) : undefined;
    // Observing again tells the new desk at once whether it is in sight.
    this.#sight?.unobserve(this);
    this.#sight?.observe(this);
  }
}

const TAG = 'opportune-panel';

/** Registers the panel; a host that has two of them, or names of its own, gives another tag. Twice the same is no fault. */
export function define(tag: string = TAG, registry: CustomElementRegistry = customElements): void {
  if (registry.get(tag)) return;
  // A class stands in a registry once: under another name it is a class of its own.
  registry.define(tag, tag === TAG ? OpportunePanel : class extends OpportunePanel {});
}

declare global {
  interface HTMLElementTagNameMap {
    'opportune-panel': OpportunePanel;
  }
}
