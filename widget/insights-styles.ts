import { type CSSResult, css } from 'lit';

/** Tokens are the panel's; everything below reads only the private `--_*`. */
export const insightsStyles: CSSResult = css`
  :host {
    --_surface: var(--opportune-surface, light-dark(#fff, #1b1e20));
    --_surface-2: var(--opportune-surface-2, light-dark(#f3f5f4, #262a2d));
    --_ink: var(--opportune-ink, light-dark(#1a2022, #e7ebea));
    --_ink-2: var(--opportune-ink-2, light-dark(#556063, #a6b0b1));
    --_line: var(--opportune-line, light-dark(#dde2e0, #363c3f));
    --_line-strong: var(--opportune-line-strong, light-dark(#7b8683, #7f898c));
    --_accent: var(--opportune-accent, light-dark(#0d6270, #77c8d2));
    --_on-accent: var(--opportune-on-accent, light-dark(#fff, #062a31));
    --_accent-ink: var(--opportune-accent-ink, light-dark(#0d6270, #77c8d2));
    --_caution: var(--opportune-caution, light-dark(#7d4e00, #eebf69));
    --_radius: var(--opportune-radius, 6px);
    --_target: 32px;
    display: block;
    container-type: inline-size;
    color: var(--_ink);
    background: var(--_surface);
    font: 400 14px / 20px var(--opportune-font, system-ui, sans-serif);
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  @media (pointer: coarse) {
    :host {
      --_target: 44px;
    }
  }
  * {
    box-sizing: border-box;
    margin: 0;
    padding: 0;
    min-width: 0;
  }
  h1 {
    font-size: 22px;
    line-height: 28px;
    font-weight: 600;
    letter-spacing: -0.012em;
    text-wrap: balance;
    margin-block: 20px 8px;
    overflow-wrap: anywhere;
  }
  h1:focus {
    outline: none;
  }
  h2 {
    font-size: 18px;
    line-height: 25px;
    font-weight: 600;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  :focus-visible {
    outline: 2px solid var(--opportune-focus, var(--_accent-ink));
    outline-offset: 2px;
    border-radius: 4px;
  }
  .quiet {
    color: var(--_ink-2);
    font-size: 13px;
  }
  .spoken {
    position: absolute;
    clip-path: inset(50%);
  }
  .frame {
    display: grid;
    grid-template-columns: 216px minmax(0, 1fr);
    gap: 0 32px;
    max-inline-size: 1328px;
    margin-inline: auto;
    padding: 20px 20px 64px;
  }
  .only {
    max-inline-size: 720px;
    margin-inline: auto;
    padding: 20px;
  }
  .only > * + * {
    margin-block-start: 8px;
  }
  nav ul {
    list-style: none;
    position: sticky;
    inset-block-start: 20px;
    border-inline-start: 1px solid var(--_line);
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    text-align: inherit;
    cursor: pointer;
  }
  .topic {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: 5px 12px;
    font-size: 13px;
    color: var(--_ink-2);
    border-inline-start: 2px solid transparent;
    margin-inline-start: -1px;
  }
  .topic:hover {
    color: var(--_ink);
  }
  .topic.on {
    color: var(--_ink);
    font-weight: 500;
    border-color: var(--_accent);
  }
  .button {
    min-block-size: var(--_target);
    padding-inline: 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    font-size: 13px;
    font-weight: 500;
  }
  .button:hover {
    border-color: var(--_line-strong);
  }
  .button.primary {
    color: var(--_on-accent);
    background: var(--_accent);
    border-color: var(--_accent);
  }
  .button.link {
    padding-inline: 0;
    min-block-size: 24px;
    border-color: transparent;
    color: var(--_accent-ink);
  }
  .button.link:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .button.quiet {
    padding-inline: 8px;
    border-color: transparent;
    color: var(--_ink-2);
  }
  .part,
  .chips,
  .exports,
  .progress {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    list-style: none;
  }
  .chips:empty {
    display: none;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    padding-inline-start: 10px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius);
    font-size: 13px;
  }
  .field {
    min-block-size: var(--_target);
    max-inline-size: 100%;
    padding: 4px 8px;
    font: inherit;
    font-size: 13px;
    color: var(--_ink);
    background: var(--_surface);
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius);
  }
  .named {
    color: var(--_ink-2);
    font-size: 13px;
  }
  .note {
    margin-block-start: 10px;
    padding-inline-start: 12px;
    border-inline-start: 2px solid var(--_line);
    color: var(--_ink-2);
    font-size: 13px;
    max-inline-size: 68ch;
  }
  .note.wrong {
    color: var(--_ink);
    border-color: var(--_caution);
    margin-block-end: 12px;
  }
  progress {
    accent-color: var(--_accent);
    inline-size: 180px;
  }
  .answer.old {
    opacity: 0.55;
  }
  .lead {
    max-inline-size: 76ch;
    color: var(--_ink-2);
  }
  .lead + .lead {
    margin-block-start: 6px;
  }
  .section {
    margin-block-start: 32px;
    padding-block-start: 16px;
    border-block-start: 1px solid var(--_line);
  }
  .section > h2 {
    max-inline-size: 56ch;
    margin-block-end: 8px;
  }
  .two {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 0 32px;
  }
  .two > h2 {
    grid-column: 1 / -1;
  }
  p,
  ul,
  figure {
    max-inline-size: 76ch;
  }
  .section
    :is(p, ul, figure, .wide, .records, .draft)
    + :is(p, ul, figure, .wide, .records, .draft) {
    margin-block-start: 10px;
  }
  .section ul {
    padding-inline-start: 18px;
  }
  figure {
    max-inline-size: none;
  }
  figcaption {
    font-size: 13px;
    font-weight: 500;
    margin-block-end: 8px;
  }
  svg {
    display: block;
    max-inline-size: 100%;
    block-size: auto;
    direction: ltr;
  }
  svg text {
    font: 13px var(--opportune-font, system-ui, sans-serif);
    fill: var(--_ink);
    stroke: var(--_surface);
    stroke-width: 4px;
    stroke-linejoin: round;
    paint-order: stroke;
    font-variant-numeric: tabular-nums;
  }
  svg text.quiet {
    font-size: 12px;
    fill: var(--_ink-2);
  }
  svg .axis {
    fill: none;
    stroke: var(--_line);
  }
  svg .zero {
    stroke: var(--_line-strong);
    stroke-dasharray: 4 3;
  }
  svg .mark {
    fill: var(--_accent);
    stroke: var(--_accent);
    stroke-width: 2;
  }
  svg .faint {
    fill: var(--_line-strong);
    stroke: var(--_line-strong);
    stroke-width: 2;
  }
  summary {
    inline-size: fit-content;
    min-block-size: 24px;
    padding-block: 2px;
    font-size: 13px;
    color: var(--_ink-2);
    cursor: pointer;
  }
  summary:hover {
    color: var(--_ink);
  }
  .wide {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  caption {
    text-align: start;
    color: var(--_ink-2);
    padding-block: 4px;
  }
  :is(th, td) {
    text-align: start;
    vertical-align: top;
    padding: 5px 0;
    padding-inline-end: 20px;
    border-block-end: 1px solid var(--_line);
    font-weight: 400;
  }
  thead th {
    color: var(--_ink-2);
    white-space: nowrap;
  }
  :is(th, td).number {
    text-align: end;
    white-space: nowrap;
  }
  .records {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 16px;
  }
  .records > .quiet {
    inline-size: 100%;
  }
  .draft > .button {
    margin-block-end: 6px;
  }
  pre {
    overflow-x: auto;
    padding: 10px 12px;
    background: var(--_surface-2);
    border-radius: var(--_radius);
    font:
      12px / 18px ui-monospace,
      SFMono-Regular,
      Menlo,
      Consolas,
      monospace;
  }
  .exports {
    margin-block-start: 32px;
  }
  @container (max-width: 859px) {
    .frame {
      display: block;
      padding: 12px 20px 48px;
    }
    nav ul {
      position: static;
      display: flex;
      flex-wrap: wrap;
      gap: 0 4px;
      border: 0;
      border-block-end: 1px solid var(--_line);
      margin-block-end: 12px;
      padding-block-end: 8px;
      max-inline-size: none;
    }
    .topic {
      inline-size: auto;
      padding-inline: 8px;
      border: 0;
      border-block-end: 2px solid transparent;
    }
    .topic.on {
      border-color: var(--_accent);
    }
    .two {
      display: block;
    }
    .two > div + div {
      margin-block-start: 12px;
    }
  }
  @media (forced-colors: active) {
    svg .mark {
      fill: CanvasText;
      stroke: CanvasText;
    }
    svg .zero {
      stroke: GrayText;
    }
    .topic.on {
      border-color: Highlight;
    }
  }
`;
