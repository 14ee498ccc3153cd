import { html, nothing, svg, type TemplateResult } from 'lit';

/** 16 px, stroke 1.5, drawn for this panel. Decoration only: the words beside an icon say the same. */
const icon = (shape: unknown): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${shape}</svg>`;

export const mark: TemplateResult = icon(
  svg`<circle cx="8" cy="8.5" r="5.5"/><circle cx="12" cy="4" r="2.25" fill="currentColor" stroke="none"/>`,
);
export const more: TemplateResult = icon(
  svg`<g fill="currentColor" stroke="none"><circle cx="3.5" cy="8" r="1.3"/><circle cx="8" cy="8" r="1.3"/><circle cx="12.5" cy="8" r="1.3"/></g>`,
);
export const back: TemplateResult = icon(svg`<path d="M13 8H3m4-4L3 8l4 4"/>`);
export const chevron: TemplateResult = icon(svg`<path d="m4 6 4 4 4-4"/>`);
export const check: TemplateResult = icon(svg`<path d="m3 8.5 3.2 3.2L13 4.5"/>`);
export const undo: TemplateResult = icon(
  svg`<path d="M5.5 3 2.5 6l3 3M3 6h6.2a4 4 0 0 1 0 8H6.5"/>`,
);
export const search: TemplateResult = icon(
  svg`<circle cx="7" cy="7" r="4.3"/><path d="m10.3 10.3 3.2 3.2"/>`,
);
export const warning: TemplateResult = icon(
  svg`<circle cx="8" cy="8" r="5.8"/><path d="M8 4.9v3.6M8 11v.1"/>`,
);
export const offline: TemplateResult = icon(
  svg`<path d="M4.6 12.5h6.9a2.6 2.6 0 0 0 1-5M10.3 5.6A3.9 3.9 0 0 0 4.4 8a2.3 2.3 0 0 0-.2 4.5M2.5 2.5l11 11"/>`,
);
export const withdrawn: TemplateResult = icon(
  svg`<circle cx="8" cy="8" r="5.8"/><path d="M5 8h6"/>`,
);

const phone = svg`<path d="M3.2 2.5h2.1l1.2 3-1.6 1.1a7.6 7.6 0 0 0 4.5 4.5l1.1-1.6 3 1.2v2.1c0 .6-.5 1-1 1A10.6 10.6 0 0 1 2.2 3.5c0-.6.4-1 1-1z"/>`;
const mail = svg`<rect x="2" y="3.5" width="12" height="9" rx="1.5"/><path d="m2.5 4.5 5.5 4.5 5.5-4.5"/>`;
const page = svg`<path d="M4 1.8h5.2L12.5 5.1v9.1H4z"/><path d="M9 2v3.3h3.3M6.2 8.5h4M6.2 11h4"/>`;
const speech = svg`<path d="M2.5 3.5h11v8h-6l-3 2.5v-2.5h-2z"/>`;

const SHAPES: { readonly [kind: string]: unknown } = {
  call: phone,
  email: mail,
  'send-self-serve': mail,
  propose: page,
  learn: page,
  'talk-track': speech,
};

/** For a kind of action; nothing where words alone do. */
export function actionIcon(kind: string): unknown {
  const shape = SHAPES[kind];
  return shape ? icon(shape) : nothing;
}

/** For a kind of content. */
export function contentIcon(kind: string): TemplateResult {
  return icon(SHAPES[kind] ?? page);
}

const ring = svg`<circle cx="8" cy="8" r="5.25"/>`;
const GRADES: { readonly [grade: string]: TemplateResult } = {
  'buyer-verified': icon(svg`<circle cx="8" cy="8" r="5.25" fill="currentColor"/>`),
  observed: icon(
    svg`${ring}<path d="M8 2.75a5.25 5.25 0 0 0 0 10.5z" fill="currentColor" stroke="none"/>`,
  ),
  claimed: icon(svg`<circle cx="8" cy="8" r="5.25" stroke-dasharray="2.4 1.72"/>`),
};

/** The disc fills as evidence gets stronger. */
export function gradeIcon(grade: string): unknown {
  return GRADES[grade] ?? nothing;
}
