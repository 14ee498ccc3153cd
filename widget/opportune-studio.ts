import { type CSSResultGroup, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { StudioSource } from '../src/studio/studio-source.js';
import { STUDIO_STRINGS as WORDS } from '../src/studio/studio-strings.js';
import { type DeskKeeper, keepDesk } from './desk-keeper.js';
import { define as definePanel } from './opportune-panel.js';
import { pageStyles } from './page-styles.js';
import { button } from './panel-bits.js';
import { arrivalsStyles } from './studio-arrivals-styles.js';
import { contentStyles } from './studio-content-styles.js';
import { openStudioDesk } from './studio-desk.js';
import { effectsStyles } from './studio-effects-styles.js';
import { figuresStyles } from './studio-figures-styles.js';
import { placeView } from './studio-nav.js';
import { navStyles } from './studio-nav-styles.js';
import { takeTransfer } from './studio-new-content.js';
import type { StudioDesk } from './studio-state.js';
import { studioStyles } from './studio-styles.js';
import { tellingAuthors } from './studio-tellings.js';
import { versionsStyles } from './studio-versions-styles.js';
import { vocabularyStyles } from './studio-vocabulary-styles.js';

/**
 * Where a playbook is written: plays as sentences with choices inside, tried on real records while they are written.
 * It draws what its source gives it, and writes nothing that the source does not take.
 *
 * @tag opportune-studio
 */
export class OpportuneStudio extends LitElement {
  static override styles: CSSResultGroup = [
    pageStyles,
    studioStyles,
    navStyles,
    contentStyles,
    arrivalsStyles,
    vocabularyStyles,
    versionsStyles,
    figuresStyles,
    effectsStyles,
  ];
  static override properties: PropertyDeclarations = {
    source: { attribute: false },
  };

  /** Where the playbook comes from and goes to. */
  declare source: StudioSource | undefined;

  readonly #keeper: DeskKeeper<StudioDesk> = keepDesk(this, (source: StudioSource) =>
    openStudioDesk(this, tellingAuthors(source)),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.#keys);
    this.addEventListener('focusout', this.#leave);
    document.addEventListener('paste', this.#paste);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#keys);
    this.removeEventListener('focusout', this.#leave);
    document.removeEventListener('paste', this.#paste);
  }

  protected override updated(): void {
    const { open } = this.#keeper.desk?.state ?? {};
    const field = this.renderRoot.querySelector('.pop [role=combobox]');
    const options = this.renderRoot.querySelectorAll('.pop [role=option]');
    const active = options[Math.min(open?.active ?? 0, options.length - 1)];
    if (options.length > 0) field?.setAttribute('aria-controls', 'options');
    else field?.removeAttribute('aria-controls');
    if (active) field?.setAttribute('aria-activedescendant', active.id);
    else field?.removeAttribute('aria-activedescendant');
    active?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): unknown {
    const { desk, failed } = this.#keeper;
    if (failed !== undefined)
      return html`<main class="list"><h1>${WORDS.cannotOpen}</h1><p class="note wrong" role="alert">${failed}</p>${button('primary', WORDS.tryAgain, () => this.#keeper.sit())}</main>`;
    if (!desk)
      return html`<main class="list"><p class="quiet" role="status">${WORDS.loading}</p></main>`;
    const { said } = desk.state;
    return html`${placeView(desk)}<p .className=${said ? 'said' : 'spoken'} role="status">${said || nothing}</p>`;
  }

  readonly #keys = (event: KeyboardEvent): void => {
    const desk = this.#keeper.desk;
    const isText = (event.composedPath()[0] as HTMLElement).matches?.('textarea, input');
    if (!desk || !(event.ctrlKey || event.metaKey) || isText) return;
    const key = event.key.toLowerCase();
    if (key === 'z' && !event.shiftKey) desk.undo();
    else if (key === 'y' || (key === 'z' && event.shiftKey)) desk.redo();
    else return;
    event.preventDefault();
  };

  /** What is pasted on the list of content becomes content, whatever has the focus. */
  readonly #paste = (event: ClipboardEvent): void => {
    const desk = this.#keeper.desk;
    const isText = (event.composedPath()[0] as HTMLElement).matches?.(
      'textarea, input:not([type=checkbox])',
    );
    if (desk?.state.place.kind !== 'contents' || isText || !event.clipboardData) return;
    event.preventDefault();
    void takeTransfer(desk, event.clipboardData);
  };

  /** A list closes when the focus goes elsewhere. */
  readonly #leave = (event: FocusEvent): void => {
    const desk = this.#keeper.desk;
    const to = event.relatedTarget;
    const root = this.renderRoot;
    if (!desk?.state.open || !(root instanceof ShadowRoot)) return;
    const from = event.composedPath()[0];
    if (!(from instanceof Element) || !from.closest('.pop')) return;
    if (to === this || to === null) {
      const { activeElement } = root;
      if (activeElement?.closest('.choice')) return;
    }
    queueMicrotask(() => {
      if (!root.activeElement?.closest('.choice:has(.pop)')) desk.open(undefined);
    });
  };
}

const TAG = 'opportune-studio';

/** Registers the studio, and the panel that it shows cards in. */
export function define(tag: string = TAG, registry: CustomElementRegistry = customElements): void {
  definePanel('opportune-panel', registry);
  if (registry.get(tag)) return;
  registry.define(tag, tag === TAG ? OpportuneStudio : class extends OpportuneStudio {});
}

declare global {
  interface HTMLElementTagNameMap {
    'opportune-studio': OpportuneStudio;
  }
}
