import { type CSSResult, css } from 'lit';

/** After `pageStyles`. */
export const insightsStyles: CSSResult = css`
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
  .quiet {
    color: var(--_ink-2);
    font-size: 13px;
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
  .button.link {
    padding-inline: 0;
    min-block-size: 24px;
    border-color: transparent;
    color: var(--_accent-ink);
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
