import { type CSSResult, unsafeCSS } from 'lit';

/** Lit's own tag brings along what checks values inside of styles. There are none here. */
const css = ([text]: TemplateStringsArray): CSSResult => unsafeCSS(text);

/**
 * A token is what the host says (`--opportune-*`), else its SLDS hook, else neutral light or dark, which follows the page's
 * `color-scheme`. Everything below reads only the private `--_*`.
 */
export const panelStyles: CSSResult = css`
  :host {
    --_surface: var(
      --opportune-surface,
      var(--slds-g-color-surface-container-1, light-dark(#fff, #1b1e20))
    );
    --_surface-2: var(
      --opportune-surface-2,
      var(--slds-g-color-surface-container-2, light-dark(#f3f5f4, #262a2d))
    );
    --_line: var(--opportune-line, var(--slds-g-color-border-1, light-dark(#dde2e0, #363c3f)));
    --_line-strong: var(
      --opportune-line-strong,
      var(--slds-g-color-border-2, light-dark(#7b8683, #7f898c))
    );
    --_ink: var(--opportune-ink, var(--slds-g-color-on-surface-2, light-dark(#1a2022, #e7ebea)));
    --_ink-2: var(
      --opportune-ink-2,
      var(--slds-g-color-on-surface-1, light-dark(#556063, #a6b0b1))
    );
    --_accent: var(
      --opportune-accent,
      var(--slds-g-color-accent-container-1, light-dark(#0d6270, #77c8d2))
    );
    --_on-accent: var(
      --opportune-on-accent,
      var(--slds-g-color-on-accent-1, light-dark(#fff, #062a31))
    );
    --_accent-ink: var(
      --opportune-accent-ink,
      var(--slds-g-color-accent-2, light-dark(#0d6270, #77c8d2))
    );
    --_caution: var(
      --opportune-caution,
      var(--slds-g-color-warning-1, light-dark(#7d4e00, #eebf69))
    );
    --_danger: var(--opportune-danger, var(--slds-g-color-error-1, light-dark(#a4231c, #ff9f94)));
    --_focus: var(--opportune-focus, var(--_accent-ink));
    --_radius: var(--opportune-radius, var(--slds-g-radius-border-1, 6px));
    --_font: var(--opportune-font, var(--slds-g-font-family-base, system-ui, sans-serif));
    --_target: 32px;
    --_band: 8px;

    container-type: inline-size;
    display: block;
    color: var(--_ink);
    background: var(--_surface);
    font: 400 14px / 20px var(--_font);
    letter-spacing: 0;
    text-align: start;
    text-transform: none;
    text-wrap: pretty;
    overflow-wrap: anywhere;
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
  h2,
  h3,
  h4,
  h5,
  b {
    font-size: inherit;
    font-weight: 600;
  }
  ol,
  ul {
    list-style: none;
  }
  fieldset {
    border: 0;
  }
  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
    border-radius: var(--_radius);
  }
  .icon {
    flex: none;
    width: 16px;
    height: 16px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  :is(.back, .undo) .icon:dir(rtl) {
    scale: -1 1;
  }
  .small {
    font-size: 13px;
    line-height: 18px;
  }
  .meta {
    font-size: 12px;
    line-height: 16px;
    font-weight: 400;
    color: var(--_ink-2);
  }
  .meta b {
    color: var(--_ink);
    font-weight: 500;
  }
  .spoken {
    position: absolute;
    clip-path: inset(50%);
  }

  .head,
  .foot,
  summary,
  .helpful,
  .later,
  .later label,
  .option {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .row,
  .attention,
  .was,
  .notice,
  .title,
  .lines > li,
  .waiting li {
    display: flex;
    gap: 8px;
  }
  h2,
  .title span,
  .was p,
  .notice > div,
  .waiting p,
  .lines > li > :is(div, details),
  summary > :is(h3, h4, div),
  .helpful p,
  .later label {
    flex: 1;
  }
  .choose,
  .ask,
  .own,
  .say,
  .receipt,
  .lines,
  .waiting,
  .tips,
  .choices,
  .days,
  .facts {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
  }
  .was,
  .lines > li,
  .waiting li,
  .long summary {
    align-items: start;
  }
  .head .meta,
  .changed .row .meta {
    white-space: nowrap;
  }
  .row .meta,
  summary .meta,
  .days {
    font-variant-numeric: tabular-nums;
  }

  .head,
  .foot {
    min-height: 48px;
    padding-inline: 16px 8px;
  }
  .head {
    border-block-end: 1px solid var(--_line);
  }
  .head > .icon {
    color: var(--_accent-ink);
  }
  .head.back {
    padding-inline: 8px 16px;
    gap: 4px;
  }
  .foot {
    border-block-start: 1px solid var(--_line);
    padding-inline: 8px;
  }
  .foot > .tip {
    margin-inline-start: auto;
  }
  .foot > p {
    padding-inline: 8px;
  }
  .row {
    align-items: baseline;
    justify-content: space-between;
  }
  .menu {
    padding: 4px 8px;
    border-block-end: 1px solid var(--_line);
  }
  .menu .button {
    width: 100%;
    justify-content: start;
    font-weight: 400;
    text-align: start;
  }

  .button {
    flex: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: var(--_target);
    min-width: var(--_target);
    max-width: 100%;
    padding: 0 12px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius);
    color: var(--_ink);
    background: none;
    font: 500 13px / 18px var(--_font);
    font-variant-numeric: inherit;
    text-decoration: none;
    cursor: pointer;
  }
  .quiet,
  .text {
    border-color: transparent;
    padding-inline: 7px;
  }
  .button:hover,
  [aria-expanded="true"],
  [aria-pressed="true"] {
    background: var(--_surface-2);
  }
  .button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .text {
    color: var(--_accent-ink);
  }
  .text:hover {
    color: var(--_ink);
  }
  .primary {
    min-height: max(36px, var(--_target));
    border-color: var(--_accent);
    color: var(--_on-accent);
    background: var(--_accent);
    font-weight: 600;
  }
  .primary:hover {
    background: color-mix(in srgb, var(--_accent) 86%, black);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
  }
  .actions > span {
    display: flex;
    gap: 2px;
    margin-inline-start: -8px;
  }
  .actions > span:first-child {
    margin-inline-start: -7px;
  }

  .card,
  .receipt,
  .notice {
    position: relative;
    padding: 12px 16px;
  }
  .cards > li + li,
  .say + .say,
  .stage + .say {
    border-block-start: 1px solid var(--_line);
  }
  .cards > .open + li,
  .cards > li + .open,
  .cards > .receipt + li,
  .cards > li + .receipt,
  .cards + .say {
    border-block-start: var(--_band) solid var(--_surface-2);
  }
  .title {
    width: 100%;
    padding-block: 6px;
    margin-block: -6px;
    color: inherit;
    background: none;
    border: 0;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .title::after {
    content: "";
    position: absolute;
    inset: 0;
  }
  .title .icon,
  .was > .icon,
  .notice > .icon,
  .lines .icon {
    margin-block-start: 2px;
  }
  .title .icon,
  summary .icon,
  .lines > li > .icon {
    color: var(--_ink-2);
  }
  .card:not(.open) .small {
    color: var(--_ink-2);
  }
  .card:not(.open):hover {
    background: var(--_surface-2);
  }
  .card:not(.open):hover .small {
    color: inherit;
  }
  .open {
    padding-block-start: 16px;
  }
  .open h3,
  .say > h3:first-child:not(.label) {
    font-size: 17px;
    line-height: 22px;
    letter-spacing: -0.01em;
  }
  .open .title::after {
    content: none;
  }
  .open .title .icon {
    margin-block-start: 3px;
  }
  .open .title .icon,
  [open] > summary .icon {
    rotate: 180deg;
  }
  .why {
    margin-block-start: 4px;
  }
  .changed,
  .open > .actions,
  .choose {
    margin-block-start: 16px;
  }

  /* Dot: what is. Tick: what is usual or required. Band: the gap between. Range: how sure we are. */
  .scale {
    position: relative;
    height: 16px;
    margin-inline: 5px;
  }
  .scale::before {
    content: "";
    position: absolute;
    inset: 50% -5px auto;
    border-block-start: 1px solid var(--_line-strong);
    opacity: 0.6;
  }
  .scale i {
    position: absolute;
    inset-block: 0;
    margin-block: auto;
  }
  .band {
    inset-inline: calc(var(--from) * 100%) calc(100% - var(--to) * 100%);
    height: 3px;
    background: var(--_accent-ink);
  }
  .scale.need .band {
    height: 0;
    border-block-start: 3px dotted var(--_accent-ink);
    background: none;
  }
  i.range {
    inset-inline: calc(var(--low) * 100%) calc(100% - var(--high) * 100%);
    height: 8px;
    background: color-mix(in srgb, var(--_accent-ink) 24%, var(--_surface));
    border-inline: 1.5px solid var(--_accent-ink);
  }
  .tick {
    inset-inline-start: calc(var(--tick) * 100%);
    height: 12px;
    margin-inline-start: -1px;
    border-inline-start: 2px solid var(--_ink);
  }
  .dot {
    inset-inline-start: calc(var(--dot) * 100%);
    width: 10px;
    height: 10px;
    margin-inline-start: -5px;
    border-radius: 50%;
    background: var(--_accent-ink);
  }
  /* Words begin under the tick while there is room beside it, else they end at the edge. */
  .at {
    display: flex;
  }
  .at::before {
    content: "";
    flex: 0 1 calc(4px + var(--tick) * (100% - 10px));
  }
  .at span {
    flex: 0 0 auto;
    max-width: 100%;
  }

  .facts {
    grid-template-columns: 56px minmax(0, 1fr);
    column-gap: 8px;
    margin-block-start: 16px;
    padding-block: 16px;
    border-block-start: 1px solid var(--_line);
  }
  .facts dt,
  .attention,
  .need,
  .label {
    color: var(--_ink-2);
  }
  .facts b {
    display: block;
  }
  .open > .attention {
    margin-block-start: 12px;
  }
  .pips {
    display: flex;
    gap: 3px;
    padding-block-start: 5px;
  }
  .meta .pips {
    padding-block-start: 4px;
  }
  .pips i {
    width: 8px;
    height: 8px;
    border: 1.5px solid var(--_ink-2);
    border-radius: 2px;
  }
  .pips .used,
  .done::before {
    background: var(--_ink-2);
  }
  .pips .this {
    padding: 1px;
    border-color: var(--_accent-ink);
    background: var(--_accent-ink) content-box;
  }

  summary {
    list-style: none;
    cursor: pointer;
  }
  .part,
  .attempt,
  .helpful {
    border-block-start: 1px solid var(--_line);
  }
  :is(.part, .stage) > summary {
    min-height: max(40px, var(--_target));
    font-weight: 600;
  }
  .part[open] {
    padding-block-end: 16px;
  }
  .stage + .stage {
    border-block-start: 1px solid var(--_surface);
  }
  .stage > summary {
    padding-inline: 16px;
    background: var(--_surface-2);
    font-size: 13px;
  }
  .stage > summary > :is(.meta, .icon) {
    color: inherit;
  }
  .stage > :is(ul, p) {
    display: grid;
    gap: 16px;
    padding: 12px 16px;
  }
  .stage > .button {
    margin: -4px 8px 8px;
  }
  b {
    color: var(--_ink);
  }

  .lines > li {
    flex-wrap: wrap;
  }
  .does {
    display: flex;
    gap: 2px;
  }
  .does,
  .was .button,
  .waiting .button {
    margin-block: -6px;
    margin-inline-end: -8px;
  }
  .lines > li > .md {
    flex: 1 0 100%;
    margin-block-start: -4px;
    padding-inline-start: 24px;
  }
  .long .md,
  .md > * + *,
  .tips .steps {
    margin-block-start: 8px;
  }
  .md :is(ul, ol) {
    list-style: disc;
    padding-inline-start: 18px;
  }
  .md ol {
    list-style: decimal;
  }
  .md pre {
    white-space: pre-wrap;
  }
  .md a {
    color: var(--_accent-ink);
  }
  .attempt {
    padding-block: 4px 8px;
  }
  .attempt > .quiet {
    margin-inline-start: -8px;
  }
  .attempt > * + * {
    margin-block-start: 8px;
  }
  p.try {
    margin-block-start: 4px;
    font-weight: 500;
  }
  .helpful {
    gap: 4px;
    padding-block-start: 12px;
  }

  .choose {
    gap: 8px;
    margin-block-end: 16px;
  }
  .choices {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 130px), 1fr));
    gap: 8px;
  }
  .choices label:nth-child(odd):last-child {
    grid-column: 1 / -1;
  }
  .choices .button {
    border-color: var(--_line);
  }
  .choices [aria-pressed="true"],
  .helpful [aria-pressed="true"] {
    border-color: var(--_line-strong);
  }
  .three {
    grid-template-columns: auto auto auto;
  }
  .days {
    grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
    gap: 4px;
    text-align: center;
  }
  .days .button {
    padding: 0;
    border-color: transparent;
  }
  .later {
    align-items: end;
  }
  .later label {
    justify-content: space-between;
  }

  textarea,
  select,
  [type="search"],
  [type="date"] {
    min-height: var(--_target);
    padding: 5px 8px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius);
    color: inherit;
    background: var(--_surface);
    font: 400 14px / 20px var(--_font);
  }
  ::placeholder {
    color: var(--_ink-2);
  }
  textarea,
  select,
  .search input {
    width: 100%;
  }
  textarea {
    display: block;
    margin-block-start: 4px;
    resize: vertical;
  }
  .field,
  .label {
    font-weight: 500;
  }
  .ticks {
    display: flex;
    flex-wrap: wrap;
    column-gap: 16px;
  }
  .option {
    min-height: var(--_target);
    font-size: 13px;
  }
  .option input {
    flex: none;
    width: 16px;
    height: 16px;
    accent-color: var(--_accent);
  }
  .find {
    padding: 12px 16px;
  }
  .search {
    position: relative;
    display: block;
  }
  .search .icon {
    position: absolute;
    inset-block: 0;
    margin-block: auto;
    inset-inline-start: 8px;
    color: var(--_ink-2);
  }
  .search input {
    padding-inline-start: 32px;
  }

  .say {
    padding: 16px;
  }
  .say > h3:first-child:not(.label) {
    margin-block-end: -8px;
  }
  .tips .actions {
    margin-block-start: 8px;
  }
  .label {
    font-size: 13px;
    line-height: 18px;
  }
  .steps li {
    position: relative;
    padding-block-end: 12px;
    padding-inline-start: 20px;
  }
  .steps li::before {
    content: "";
    position: absolute;
    inset-block-start: 5px;
    inset-inline-start: 0;
    width: 7px;
    height: 7px;
    border: 1.5px solid var(--_ink-2);
    border-radius: 50%;
  }
  .steps li:not(:last-child)::after {
    content: "";
    position: absolute;
    inset-block: 18px -2px;
    inset-inline-start: 4.5px;
    border-inline-start: 1px solid var(--_line-strong);
    opacity: 0.6;
  }
  .steps .now::before {
    border-color: var(--_accent-ink);
    background: var(--_accent-ink);
  }
  .steps li:last-child {
    padding-block-end: 0;
  }
  .tips {
    gap: 16px;
  }
  .tips > li + li {
    border-block-start: 1px solid var(--_line);
    padding-block-start: 16px;
  }

  .caution {
    background: color-mix(in srgb, var(--_caution) 9%, var(--_surface));
  }
  .danger {
    background: color-mix(in srgb, var(--_danger) 8%, var(--_surface));
  }
  .notice > .button {
    align-self: center;
  }
  .was > .icon {
    color: var(--_accent-ink);
  }
  .caution .icon {
    color: var(--_caution);
  }
  .danger .icon {
    color: var(--_danger);
  }
  .waiting .meta {
    display: block;
  }
  .loading i {
    height: 12px;
    width: 64%;
    border-radius: 4px;
    background: var(--_surface-2);
  }
  .loading i:nth-child(even) {
    width: 100%;
  }
  .loading i:last-child {
    height: 36px;
    width: 36%;
  }

  @media (prefers-reduced-motion: no-preference) {
    .button,
    .cards > li {
      transition:
        background-color 0.12s,
        opacity 0.16s;
    }
    @starting-style {
      .cards > li {
        opacity: 0;
      }
    }
  }
  @container (width < 320px) {
    .facts,
    .three {
      grid-template-columns: minmax(0, 1fr);
    }
    .facts {
      row-gap: 0;
    }
    .facts dd + dt {
      margin-block-start: 12px;
    }
    .actions > .primary {
      width: 100%;
    }
    .later,
    .later label {
      flex-wrap: wrap;
    }
  }
  @container (width >= 440px) {
    .facts {
      grid-template-columns: 88px minmax(0, 1fr);
    }
  }
  @media (forced-colors: active) {
    :host {
      --_surface: Canvas;
      --_ink: CanvasText;
      --_ink-2: CanvasText;
      --_accent-ink: CanvasText;
      --_band: 1px;
    }
    .scale i,
    .pips i,
    .steps li::before {
      forced-color-adjust: none;
    }
    .button[aria-pressed="true"],
    .button[aria-expanded="true"] {
      border-color: Highlight;
    }
  }
`;
