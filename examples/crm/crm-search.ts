import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { toHash } from './app.js';
import { type Crm, nameOf, text } from './crm.js';
import { icon } from './icons.js';

interface Found {
  readonly name: string;
  readonly detail: string;
  readonly href: string;
  readonly rank: number;
}

const MOST = 8;

/** Search over accounts and people, by the keyboard alone when one likes: / comes here, arrows choose, Enter opens. */
export class CrmSearch extends LitElement {
  static override properties = {
    crm: { attribute: false },
    words: { state: true },
    active: { state: true },
  };

  declare crm: Crm;
  declare words: string;
  declare active: number;

  constructor() {
    super();
    this.words = '';
    this.active = 0;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#come);
  }

  override disconnectedCallback(): void {
    document.removeEventListener('keydown', this.#come);
    super.disconnectedCallback();
  }

  override render(): TemplateResult {
    const found = find(this.crm, this.words);
    const open = this.words.trim() !== '';
    return html`<label class="field">${icon('search')}
        <input type="search" placeholder="Search" aria-label="Search accounts and people" role="combobox" autocomplete="off" spellcheck="false"
          aria-expanded=${open ? 'true' : 'false'} aria-controls="found" aria-autocomplete="list"
          aria-activedescendant=${open && found[this.active] ? `found-${this.active}` : nothing}
          .value=${this.words} @input=${this.#type} @keydown=${(event: KeyboardEvent) => this.#steer(event, found)} @blur=${this.#leave}>
        <kbd aria-hidden="true">/</kbd></label>
      <ul id="found" role="listbox" aria-label="Found" ?hidden=${!open}>
        ${found.map(
          (
            one,
            i,
          ) => html`<li id=${`found-${i}`} role="option" aria-selected=${i === this.active ? 'true' : 'false'}
              @pointerdown=${(event: Event) => event.preventDefault()} @click=${() => this.#go(one)}>
              <bdi>${one.name}</bdi><span class="dim"><bdi>${one.detail}</bdi></span></li>`,
        )}
        ${found.length === 0 ? html`<li class="none dim">Nothing is called that.</li>` : nothing}
      </ul>`;
  }

  readonly #come = (event: KeyboardEvent): void => {
    const target = event.composedPath()[0] as HTMLElement;
    if (
      event.key !== '/' ||
      event.ctrlKey ||
      event.metaKey ||
      target.matches('input, textarea, select')
    )
      return;
    event.preventDefault();
    this.querySelector('input')?.focus();
  };

  readonly #type = (event: Event): void => {
    this.words = (event.target as HTMLInputElement).value;
    this.active = 0;
  };

  readonly #leave = (): void => {
    this.words = '';
  };

  #steer(event: KeyboardEvent, found: readonly Found[]): void {
    const chosen = found[this.active];
    if (event.key === 'Escape') this.words = '';
    else if (event.key === 'Enter' && chosen) this.#go(chosen);
    else if (event.key === 'ArrowDown') this.active = Math.min(this.active + 1, found.length - 1);
    else if (event.key === 'ArrowUp') this.active = Math.max(this.active - 1, 0);
    else return;
    event.preventDefault();
  }

  #go(found: Found): void {
    this.words = '';
    this.querySelector('input')?.blur();
    location.hash = found.href;
  }
}

/** What begins with the words comes before what has a word that does, and that before what only contains them. */
function find(crm: Crm | undefined, words: string): readonly Found[] {
  const wanted = fold(words.trim());
  if (!crm || !wanted) return [];
  const rank = (name: string): number => {
    const folded = fold(name);
    if (folded.startsWith(wanted)) return 0;
    const index = folded.indexOf(wanted);
    return index < 0 ? -1 : /[\p{L}\p{N}]/u.test(folded.charAt(index - 1)) ? 2 : 1;
  };
  const found: Found[] = [];
  for (const account of crm.accounts()) {
    const name = text(account.values.name);
    const href = toHash(account.id);
    const ranked = rank(name);
    if (ranked >= 0) found.push({ name, detail: text(account.values.city), href, rank: ranked });
    for (const contact of crm.contactsOf(account.id)) {
      const person = text(contact.values.name);
      const personRank = rank(person);
      if (personRank >= 0)
        found.push({
          name: person,
          detail: `${text(contact.values.title)}, ${nameOf(crm, account.id)}`,
          href,
          rank: personRank + 0.5,
        });
    }
  }
  return found.sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name)).slice(0, MOST);
}

const fold = (words: string): string =>
  words.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('en');

customElements.define('crm-search', CrmSearch);
