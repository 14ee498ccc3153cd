import { type CSSResult, css } from 'lit';

/** After `pageStyles`. */
export const studioStyles: CSSResult = css`
  ul {
    list-style: none;
  }
  h1 {
    font-size: 22px;
    line-height: 28px;
    font-weight: 600;
    letter-spacing: -0.012em;
    overflow-wrap: anywhere;
  }
  h2 {
    font-size: 17px;
    line-height: 24px;
    font-weight: 600;
    text-wrap: balance;
  }
  :is(.block, .problems) h2 {
    font-size: 12px;
    line-height: 16px;
    font-weight: 400;
    color: var(--_ink-2);
  }
  b {
    font-weight: 600;
  }
  .quiet,
  .none {
    color: var(--_ink-2);
    font-size: 13px;
  }
  .said {
    position: sticky;
    inset-block-end: 0;
    padding: 12px 32px;
    background: var(--_surface-2);
    border-block-start: 1px solid var(--_line);
  }
  main {
    max-inline-size: 1440px;
    margin-inline: auto;
    padding: 16px 32px 48px;
  }
  .top {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: space-between;
    gap: 8px 24px;
    padding-block: 12px;
    background: var(--_surface);
    border-block-end: 1px solid var(--_line);
  }
  .top > div:first-child {
    flex: 1 1 320px;
  }
  .actions,
  .adds {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .button.primary:disabled {
    opacity: 0.55;
  }
  .button:is(.link, .quiet) {
    border-color: transparent;
  }
  .button.link {
    padding-inline: 0;
    min-block-size: 24px;
    color: var(--_accent-ink);
  }
  .button.quiet {
    padding-inline: 8px;
    margin-inline-start: -8px;
    color: var(--_ink-2);
    font-weight: 400;
  }
  .button.quiet:hover {
    color: var(--_ink);
    background: var(--_surface-2);
  }
  .field {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: 5px 10px;
    font: inherit;
    font-size: 13px;
    color: var(--_ink);
    background: var(--_surface);
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius);
  }
  .field.wide {
    max-inline-size: 420px;
    margin-block: 16px 8px;
  }
  .note {
    padding-inline-start: 12px;
    border-inline-start: 2px solid var(--_line);
    font-size: 13px;
  }
  .list > h1 + .note {
    margin-block: 12px 16px;
  }
  .first {
    display: grid;
    gap: 12px;
    padding-block: 16px;
  }
  .note.wrong {
    border-color: var(--_caution);
  }
  span.wrong {
    color: var(--_caution);
  }

  .rows > li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 16px;
    padding-block: 10px;
    border-block-end: 1px solid var(--_line);
  }
  .rows > li > :not(:first-child, .marks) {
    grid-column: 1;
  }
  .rows .marks {
    grid-area: 1 / 2 / 3;
    display: flex;
    gap: 12px;
    align-items: start;
    font-size: 13px;
    color: var(--_ink-2);
  }
  .list .rows .button.link {
    justify-self: start;
    font-size: 14px;
    font-weight: 600;
    color: var(--_ink);
  }
  .mark.wrong {
    color: var(--_caution);
  }

  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 360px;
    gap: 0 32px;
  }
  .words {
    padding-block: 16px;
  }
  .block {
    display: grid;
    grid-template-columns: 112px minmax(0, 1fr);
    gap: 4px 24px;
    padding-block: 12px;
    border-block-end: 1px solid var(--_line);
  }
  .block h2 {
    padding-block-start: 8px;
  }
  .line {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 116px;
    gap: 0 16px;
    margin-inline-start: calc(var(--depth, 0) * 20px);
    border-inline-start: calc(min(var(--depth, 0), 1) * 2px) solid var(--_line);
    padding-inline-start: calc(min(var(--depth, 0), 1) * 12px);
  }
  /* The menu behind a condition stands in the margin, so that it never begins a line. */
  .line > p:first-child {
    padding-inline-end: 28px;
    font-size: 17px;
    line-height: 32px;
    overflow-wrap: anywhere;
  }
  .line .more {
    margin-inline-end: -28px;
  }
  .word {
    white-space: pre-wrap;
  }
  .choice {
    position: relative;
  }
  .slot {
    padding: 0 1px 1px;
    cursor: pointer;
    -webkit-box-decoration-break: clone;
    box-decoration-break: clone;
    color: var(--_accent-ink);
    font-weight: 500;
    border-block-end: 1px solid var(--_edge);
    border-radius: 2px 2px 0 0;
    line-height: 24px;
  }
  .slot:is(:hover, [aria-expanded="true"]) {
    background: var(--_wash);
  }
  .slot.open {
    padding-inline: 10px;
    color: var(--_caution);
    border-block-end: 2px dashed var(--_caution);
  }
  .more .button {
    min-block-size: 24px;
    margin-inline-start: 4px;
    opacity: 0;
  }
  .line:is(:hover, :focus-within) .more .button {
    opacity: 1;
  }
  @media (hover: none) {
    .more .button {
      opacity: 1;
    }
  }
  .count {
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: flex-end;
    block-size: 32px;
    font-size: 13px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .count.inside {
    font-weight: 400;
    color: var(--_ink-2);
  }
  .count i {
    flex: none;
    inline-size: 44px;
    block-size: 4px;
    background:
      linear-gradient(var(--_accent), var(--_accent)) no-repeat 0 / max(2px, var(--share) * 100%)
      100%;
  }
  .count:dir(rtl) i {
    background-position-x: 100%;
  }
  .adds {
    gap: 0 8px;
  }

  .pop {
    position: absolute;
    inset-block-start: calc(100% + 4px);
    inset-inline-start: 0;
    z-index: 2;
    inline-size: min(360px, 80cqi);
    padding: 8px;
    background: var(--_surface);
    border: 1px solid var(--_line-strong);
    border-radius: 8px;
    box-shadow:
      0 1px 2px rgb(0 0 0 / 12%),
      0 8px 24px rgb(0 0 0 / 18%);
    font-size: 13px;
    line-height: 20px;
    font-weight: 400;
  }
  .pop.end {
    inset-inline: auto 0;
  }
  .pop.menu {
    display: grid;
    inline-size: max-content;
    max-inline-size: 80cqi;
  }
  .pop.menu .button {
    margin: 0;
    opacity: 1;
    color: var(--_ink);
  }
  .pop ul {
    max-block-size: 320px;
    margin-block-start: 4px;
    overflow-y: auto;
  }
  .pop li {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    min-block-size: var(--_target);
    padding: 6px 8px;
    border-radius: 4px;
    cursor: pointer;
  }
  .pop li:hover {
    background: var(--_surface-2);
  }
  .pop li[aria-selected="true"] {
    background: var(--_wash);
  }
  .pop li.now span {
    font-weight: 600;
  }
  .pop .none {
    padding: 6px 8px;
    font-size: 12px;
    line-height: 16px;
  }
  .pop .foot:empty {
    display: none;
  }
  .pop [aria-pressed="true"] {
    color: var(--_accent-ink);
    font-weight: 600;
  }
  .pop .foot {
    margin-block-start: 4px;
    padding: 4px 8px 0;
    border-block-start: 1px solid var(--_line);
  }
  .pop .actions {
    margin-block-start: 8px;
  }
  .text .field {
    margin-block: 8px;
    font-size: 15px;
    line-height: 26px;
  }
  .problems {
    display: grid;
    gap: 8px;
    padding-block: 16px;
  }
  .problems ul {
    display: grid;
    gap: 8px;
  }

  .preview {
    display: grid;
    gap: 12px;
    align-content: start;
    padding-block-start: 24px;
    padding-inline-start: 24px;
    border-inline-start: 1px solid var(--_line);
  }
  .tabs {
    display: flex;
    gap: 16px;
    border-block-end: 1px solid var(--_line);
  }
  .tabs button {
    min-block-size: var(--_target);
    margin-block-end: -1px;
    border-block-end: 2px solid transparent;
    font-size: 13px;
  }
  .tabs button[aria-selected="true"] {
    font-weight: 600;
    border-color: var(--_accent);
  }
  .preview .rows > li {
    grid-template-columns: minmax(0, 1fr);
    padding-block: 8px;
  }
  .preview .rows .now .button.link {
    font-weight: 600;
  }
  .replay {
    display: grid;
    justify-items: start;
    gap: 12px;
    padding-block: 24px;
    border-block-start: 1px solid var(--_line);
  }
  h3 {
    font-size: 14px;
    font-weight: 600;
  }
  .findings {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(260px, 1fr));
    gap: 24px;
    inline-size: 100%;
    font-size: 13px;
  }
  .findings li {
    padding-block: 6px;
    border-block-end: 1px solid var(--_line);
  }
  figcaption {
    font-size: 13px;
    font-weight: 600;
  }
  .chart {
    display: flex;
    gap: 4px;
    block-size: 96px;
    margin-block: 8px;
    border-block-end: 1px solid var(--_line-strong);
  }
  .ends {
    display: flex;
    justify-content: space-between;
    gap: 16px;
    font-size: 12px;
  }
  .chart div {
    position: relative;
    flex: 1 0 20px;
  }
  .chart i {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
  }
  .chart .bar {
    block-size: calc(var(--draft) * 100%);
    background: var(--_accent);
  }
  .chart .step {
    inset-inline: -2px;
    block-size: calc(var(--live) * 100%);
    border-block-start: 2px solid var(--_ink-2);
  }
  table {
    border-collapse: collapse;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  :is(th, td) {
    padding: 4px 16px 4px 0;
    text-align: start;
    border-block-end: 1px solid var(--_line);
  }
  .try {
    max-block-size: 480px;
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: 8px;
  }
  @container (max-width: 960px) {
    /* A list opens under the whole line, where it has room. */
    .line {
      position: relative;
    }
    .line .choice {
      position: static;
    }
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
    .preview {
      padding-block-start: 16px;
      padding-inline-start: 0;
      border-inline-start: 0;
    }
  }
  @container (max-width: 640px) {
    main {
      padding-inline: 16px;
    }
    .top {
      position: static;
    }
    .block {
      grid-template-columns: minmax(0, 1fr);
    }
    .line {
      grid-template-columns: minmax(0, 1fr);
    }
    .count {
      justify-content: flex-start;
      block-size: 20px;
    }
    .count:empty {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .count i {
      background: CanvasText;
    }
  }
`;
