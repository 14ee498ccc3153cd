import { type CSSResult, css } from 'lit';

/** Of the vocabulary, of coverage and of tips. */
export const vocabularyStyles: CSSResult = css`
  :is(.vocabulary, .coverage, .tips) h2 {
    margin-block: 24px 4px;
  }
  :is(.coverage, .tips) h3 {
    margin-block: 16px 0;
    font-size: 13px;
    line-height: 20px;
    font-weight: 600;
  }
  .alike {
    padding-block-end: 8px;
  }
  .alike li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 24px;
    padding-block: 10px;
    border-block-end: 1px solid var(--_line);
  }
  .alike p {
    flex: 1 1 320px;
  }
  .tips .top + .note {
    margin-block-start: 16px;
  }
  .rows.values > li > b {
    padding-block-start: 6px;
  }
  .rows.values .marks {
    align-items: baseline;
    justify-content: flex-end;
  }
  .rows.values .marks .choice {
    line-height: 20px;
  }
  .rows.small > li {
    padding-block: 6px;
    font-size: 13px;
  }
  .rows.small .button.link {
    font-size: 13px;
    min-block-size: 24px;
  }
  .marks.wrong,
  p.wrong {
    color: var(--_caution);
  }
  .uses {
    max-inline-size: 40ch;
  }
  .uses summary {
    cursor: pointer;
    text-align: end;
  }
  .word-form {
    display: grid;
    gap: 8px;
    padding: 4px;
    font-size: 13px;
  }
  .pop .word-form .button.primary {
    color: var(--_on-accent);
  }
  .pick {
    display: grid;
    gap: 2px;
    font-size: 12px;
    line-height: 16px;
    color: var(--_ink-2);
  }
  .map {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 320px;
    gap: 16px 32px;
    align-items: start;
    padding-block-start: 16px;
  }
  .scroll {
    overflow-x: auto;
    padding: 3px;
    margin: -3px;
  }
  :is(.coverage, .tips) table {
    inline-size: 100%;
    border-collapse: separate;
    border-spacing: 2px;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .coverage caption {
    padding-block-end: 8px;
    text-align: start;
    font-weight: 600;
  }
  .coverage caption {
    position: sticky;
    inset-inline-start: 0;
    max-inline-size: calc(100cqi - 40px);
  }
  .coverage caption .quiet {
    font-weight: 400;
  }
  .coverage th {
    padding: 4px 8px 4px 0;
    font-size: 12px;
    line-height: 16px;
    font-weight: 500;
    text-align: start;
    color: var(--_ink-2);
    vertical-align: bottom;
  }
  .coverage tbody th {
    vertical-align: middle;
    color: var(--_ink);
  }
  .figures td {
    padding: 6px 12px 6px 0;
    vertical-align: top;
    border-block-end: 1px solid var(--_line);
  }
  .figures td span {
    display: block;
  }
  td.cell {
    position: relative;
    min-inline-size: 96px;
    block-size: 64px;
    padding: 6px 8px 10px;
    vertical-align: top;
    font-size: 12px;
    line-height: 16px;
    cursor: pointer;
    border-radius: 4px;
    background: var(--_surface-2);
  }
  td.cell > :is(b, span) {
    display: block;
  }
  td.cell b {
    font-size: 13px;
    line-height: 20px;
  }
  .cell.empty {
    background: none;
  }
  .cell.some {
    background-color: var(--_wash);
  }
  .cell.crowded {
    background-color: color-mix(in srgb, var(--_accent) 24%, var(--_surface));
    background-image: radial-gradient(var(--_edge) 1px, transparent 1.5px);
    background-size: 8px 8px;
  }
  .cell.nothing {
    background-color: var(--_surface);
    background-image: repeating-linear-gradient(
      -45deg,
      color-mix(in srgb, var(--_caution) 22%, transparent) 0 1px,
      transparent 1px 7px
    );
    box-shadow: inset 0 0 0 1px var(--_caution);
  }
  td.cell :is(b, span) {
    position: relative;
  }
  td.cell[aria-selected="true"] {
    outline: 2px solid var(--_accent-ink);
    outline-offset: -2px;
  }
  .weight {
    position: absolute;
    inset: auto auto 4px 8px;
    inline-size: calc((100% - 16px) * var(--share));
    block-size: 3px;
    background: var(--_accent);
  }
  .cell.nothing .weight {
    background: var(--_caution);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 24px;
    padding-block: 16px 0;
    font-size: 13px;
    color: var(--_ink-2);
  }
  .legend li {
    display: flex;
    gap: 8px;
    align-items: center;
  }
  .legend i {
    inline-size: 28px;
    block-size: 16px;
    border-radius: 3px;
  }
  .coverage aside h2 {
    margin-block: 0 8px;
  }
  .tip-group h2 {
    margin-block: 20px 0;
    font-size: 14px;
    line-height: 20px;
  }
  .tip {
    display: grid;
    gap: 6px;
    max-inline-size: 760px;
    padding-block: 14px;
    border-block-end: 1px solid var(--_line);
  }
  .tip blockquote {
    font-size: 17px;
    line-height: 24px;
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  .tip .own {
    display: grid;
    gap: 8px;
    padding-block-start: 8px;
  }
  .tip .own .field {
    display: grid;
    gap: 4px;
    padding: 0;
    border: 0;
    font-size: 12px;
    color: var(--_ink-2);
  }
  .tip textarea {
    padding: 6px 10px;
    font: inherit;
    font-size: 13px;
    color: var(--_ink);
    background: var(--_surface);
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius);
  }
  @media (forced-colors: active) {
    td.cell {
      border: 1px solid;
    }
  }
  @container (max-width: 900px) {
    .map {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @container (max-width: 640px) {
    .rows.values > li,
    .vocabulary .rows > li {
      grid-template-columns: minmax(0, 1fr);
    }
    .vocabulary .rows .marks {
      grid-area: auto;
      justify-content: flex-start;
    }
    .uses summary {
      text-align: start;
    }
  }
`;
