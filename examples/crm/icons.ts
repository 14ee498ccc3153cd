import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

export type IconName =
  | 'search'
  | 'call'
  | 'email'
  | 'eye'
  | 'plane'
  | 'person'
  | 'calendar'
  | 'people'
  | 'pin'
  | 'note'
  | 'document'
  | 'cart'
  | 'wrench'
  | 'check'
  | 'star'
  | 'globe'
  | 'flag'
  | 'truck'
  | 'alert'
  | 'stage'
  | 'pen'
  | 'down'
  | 'sort'
  | 'ascending'
  | 'descending'
  | 'close';

/** Drawn on 16 by 16, stroke 1.5, like the panel's. */
const PATHS: { readonly [name in IconName]: SVGTemplateResult } = {
  search: svg`<circle cx="7" cy="7" r="4.3"/><path d="m10.3 10.3 3.2 3.2"/>`,
  call: svg`<path d="M3.2 2.5h2.1l1.2 3-1.6 1.1a7.6 7.6 0 0 0 4.5 4.5l1.1-1.6 3 1.2v2.1c0 .6-.5 1-1 1A10.6 10.6 0 0 1 2.2 3.5c0-.6.4-1 1-1z"/>`,
  email: svg`<rect x="2" y="3.5" width="12" height="9" rx="1.5"/><path d="m2.5 4.5 5.5 4.5 5.5-4.5"/>`,
  eye: svg`<path d="M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="1.8"/>`,
  plane: svg`<path d="M14 2 7 9M14 2 9.5 14 7 9 2 6.5z"/>`,
  person: svg`<circle cx="8" cy="5.5" r="2.7"/><path d="M2.8 13.8c.5-2.8 2.6-4.3 5.2-4.3s4.7 1.5 5.2 4.3"/>`,
  calendar: svg`<rect x="2" y="3" width="12" height="10.5" rx="1.5"/><path d="M2 6.5h12M5.2 1.5v3M10.8 1.5v3"/>`,
  people: svg`<circle cx="5.7" cy="6" r="2.2"/><path d="M1.5 13c.4-2.3 2-3.5 4.2-3.5S9.5 10.7 9.9 13"/><path d="M10.3 4.1a2.1 2.1 0 0 1 0 4M11.8 9.9c1.5.4 2.4 1.5 2.7 3.1"/>`,
  pin: svg`<path d="M8 14s4.7-4.3 4.7-7.6a4.7 4.7 0 0 0-9.4 0C3.3 9.7 8 14 8 14z"/><circle cx="8" cy="6.4" r="1.6"/>`,
  note: svg`<path d="M3 2.5h10v7.5l-3.5 3.5H3z"/><path d="M13 10H9.5v3.5M5.5 5.5h5M5.5 8h3"/>`,
  document: svg`<path d="M4 1.8h5.2L12.5 5.1v9.1H4z"/><path d="M9 2v3.3h3.3M6.2 8.5h4M6.2 11h4"/>`,
  cart: svg`<path d="M1.5 2.5h2l1.6 7.5h7l1.4-5.3H4.2"/><circle cx="6" cy="12.7" r="1"/><circle cx="11.3" cy="12.7" r="1"/>`,
  wrench: svg`<path d="M13.6 4.4 11.4 6.6 9.4 4.6l2.2-2.2a3.6 3.6 0 0 0-4.7 4.6L2.3 11.6a1.4 1.4 0 0 0 2.1 2.1L9 9.1a3.6 3.6 0 0 0 4.6-4.7z"/>`,
  check: svg`<circle cx="8" cy="8" r="5.7"/><path d="m5.4 8.2 1.8 1.8 3.4-3.7"/>`,
  star: svg`<path d="m8 1.8 1.9 4 4.3.5-3.2 3 .9 4.3L8 11.5l-3.9 2.1.9-4.3-3.2-3 4.3-.5z"/>`,
  globe: svg`<circle cx="8" cy="8" r="5.7"/><path d="M2.3 8h11.4M8 2.3c1.7 1.6 2.4 3.5 2.4 5.7S9.7 12.1 8 13.7C6.3 12.1 5.6 10.2 5.6 8S6.3 3.9 8 2.3z"/>`,
  flag: svg`<path d="M3.5 14V2.5M3.5 3h8.5l-1.8 2.7L12 8.5H3.5"/>`,
  truck: svg`<path d="M1.5 4h7.8v7H1.5zM9.3 6.5h2.9l2.3 2.4V11H9.3z"/><circle cx="4.4" cy="12" r="1.3"/><circle cx="11.6" cy="12" r="1.3"/>`,
  alert: svg`<path d="M8 2.2 14.3 13H1.7z"/><path d="M8 6.5v3M8 11.3v.1"/>`,
  stage: svg`<path d="M2 4.5h4.5l2 3.5-2 3.5H2l2-3.5zM8.5 4.5H12L14 8l-2 3.5H8.5"/>`,
  pen: svg`<path d="m3 13 .7-3L10.8 2.9l2.3 2.3L6 12.3z"/><path d="M3 13h10"/>`,
  down: svg`<path d="m4 6 4 4 4-4"/>`,
  sort: svg`<path d="m5 9.5 3 3 3-3M5 6.5l3-3 3 3"/>`,
  ascending: svg`<path d="m4.5 9.5 3.5-3.5 3.5 3.5"/>`,
  descending: svg`<path d="m4.5 6.5 3.5 3.5 3.5-3.5"/>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
};

export function icon(name: IconName): TemplateResult {
  return html`<svg class="ci" viewBox="0 0 16 16" aria-hidden="true">${PATHS[name]}</svg>`;
}
