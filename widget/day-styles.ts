import { type CSSResult, css } from 'lit';

/** After `pageStyles`. */
export const dayStyles: CSSResult = css`
  h1 {
    font-size: 22px;
    line-height: 28px;
    font-weight: 600;
    letter-spacing: -0.012em;
    text-wrap: balance;
  }
  h2 {
    font-size: 17px;
    line-height: 24px;
    font-weight: 600;
  }
  h3 {
    font-size: 14px;
    line-height: 20px;
    font-weight: 500;
  }
  ul,
  ol {
    list-style: none;
  }
  h1,
  h3,
  p,
  li {
    overflow-wrap: anywhere;
  }
  .quiet,
  .why,
  .must,
  .worth {
    font-size: 13px;
  }
  .quiet,
  .why {
    color: var(--_ink-2);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 24px;
    padding-inline: 32px;
    border-block-end: 1px solid var(--_line);
  }
  header ul {
    display: flex;
    gap: 20px;
  }
  header p {
    display: flex;
    flex-wrap: wrap;
    gap: 0 20px;
  }
  .tab {
    min-block-size: 48px;
    font-size: 13px;
    color: var(--_ink-2);
    border-block: 2px solid transparent;
  }
  .tab:hover,
  .tab.on {
    color: var(--_ink);
  }
  .tab.on {
    font-weight: 500;
    border-block-end-color: var(--_accent);
  }
  main {
    max-inline-size: 1280px;
    margin-inline: auto;
    padding: 24px 32px 64px;
  }
  .only {
    max-inline-size: 720px;
  }
  .only > * + * {
    margin-block-start: 8px;
  }
  .head {
    display: flex;
    justify-content: space-between;
    align-items: flex-end;
    gap: 12px 24px;
  }
  .head p {
    margin-block-start: 4px;
  }
  .tools,
  .acts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
  }
  .tools {
    flex-shrink: 0;
  }
  a.button {
    display: inline-flex;
    align-items: center;
    text-decoration: none;
  }
  .button.quiet,
  .button.link {
    padding-inline: 8px;
    border-color: transparent;
    color: var(--_ink-2);
  }
  .button.quiet:hover {
    color: var(--_ink);
  }
  .button.link {
    padding-inline: 0;
    color: var(--_accent-ink);
  }
  .strip {
    position: relative;
    block-size: 28px;
    margin-block-start: 20px;
    background: var(--_surface-2);
  }
  .strip i {
    position: absolute;
    inset-block: 0;
    inset-inline-start: calc(var(--from) * 100%);
    inline-size: max(2px, calc((var(--to) - var(--from)) * 100%));
  }
  .strip .past {
    background: var(--_line);
    opacity: 0.6;
  }
  .strip .busy {
    background: var(--_line-strong);
    opacity: 0.5;
  }
  .strip .block {
    background: var(--_accent);
    border-inline-end: 1.5px solid var(--_surface);
  }
  .strip .pinned {
    border-block-start: 4px solid var(--_ink);
  }
  .strip .now {
    inset-block: -6px;
    inline-size: 2px;
    background: var(--_ink);
  }
  .ticks {
    position: relative;
    block-size: 20px;
    margin-block: 2px 4px;
    font-size: 12px;
    color: var(--_ink-2);
    font-variant-numeric: tabular-nums;
    overflow: clip;
  }
  .tick {
    position: absolute;
    inset-inline-start: calc(var(--from) * (100% - 34px));
  }
  .legend b {
    font-weight: 500;
    color: var(--_ink);
  }
  .cols {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(280px, 380px);
    gap: 0 56px;
    margin-block-start: 20px;
    align-items: start;
  }
  .order {
    max-inline-size: 68ch;
    margin-block-end: 12px;
  }
  .day + .day {
    margin-block-start: 32px;
  }
  .plan > li {
    display: grid;
    grid-template-columns: 48px minmax(0, 1fr) 56px;
    gap: 0 16px;
    padding: 10px 0;
    border-block-start: 1px solid var(--_line);
  }
  .plan time,
  .min {
    font-size: 13px;
    color: var(--_ink-2);
    font-variant-numeric: tabular-nums;
  }
  .min {
    text-align: end;
  }
  .held p {
    font-size: 13px;
    color: var(--_ink-2);
    border-inline-start: 8px solid var(--_line-strong);
    padding-inline-start: 10px;
  }
  .plan > .open {
    margin-inline: -16px;
    padding: 14px 16px;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_wash);
  }
  .plan > .open + li {
    border-block-start-color: transparent;
  }
  .what {
    min-block-size: 24px;
    font-weight: 500;
  }
  .what:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .who {
    /* Beside a title that ends in Arabic, the name would come before it. */
    unicode-bidi: isolate;
    color: var(--_ink-2);
    font-weight: 400;
  }
  .must {
    font-weight: 500;
  }
  .worth {
    margin-block: 4px 10px;
  }
  .note {
    margin-block-end: 20px;
    padding-inline-start: 12px;
    border-inline-start: 2px solid var(--_caution);
    max-inline-size: 76ch;
    font-size: 13px;
  }
  .note ul {
    margin-block: 6px;
    padding-inline-start: 18px;
    list-style: disc;
  }
  aside section + section {
    margin-block-start: 28px;
  }
  aside section:empty {
    display: none;
  }
  .left,
  .holds {
    margin-block-start: 8px;
  }
  aside li {
    padding: 10px 0;
    border-block-start: 1px solid var(--_line);
    font-size: 13px;
  }
  aside .acts {
    margin-block-start: 8px;
  }
  .hand {
    display: flex;
    justify-content: space-between;
    gap: 16px;
  }
  .hand .button {
    flex-shrink: 0;
    min-block-size: 24px;
  }
  .use {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: 16px;
  }
  .bar {
    flex: 0 0 120px;
    block-size: 6px;
    background:
      linear-gradient(var(--_accent), var(--_accent)) no-repeat 0 0 / calc(var(--to) * 100%) 100%
      var(--_surface-2);
  }
  .bar:dir(rtl) {
    background-position: 100% 0;
  }
  .limits {
    margin-block-start: 16px;
  }
  summary {
    inline-size: fit-content;
    min-block-size: 24px;
    font-weight: 500;
    font-size: 13px;
    cursor: pointer;
  }
  form {
    display: grid;
    gap: 12px;
    margin-block-start: 8px;
  }
  .calendar {
    display: grid;
    gap: 4px;
    justify-items: start;
    margin-block: 8px 16px;
  }
  .calendar label {
    inline-size: 100%;
  }
  .pair {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 12px;
  }
  label {
    display: block;
    font-size: 13px;
  }
  .field {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: 4px 8px;
    font: inherit;
    color: var(--_ink);
    background: var(--_surface);
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius);
  }
  @container (max-width: 859px) {
    header,
    main {
      padding-inline: 16px;
    }
    .head {
      display: block;
    }
    .tools {
      margin-block-start: 8px;
      margin-inline-start: -8px;
    }
    .cols {
      display: block;
    }
    aside {
      margin-block-start: 28px;
      padding-block-start: 20px;
      border-block-start: 1px solid var(--_line);
    }
    .tick.fine {
      display: none;
    }
  }
  @container (max-width: 479px) {
    .plan > li {
      grid-template-columns: 48px minmax(0, 1fr);
    }
    .plan > .open {
      margin-inline: -8px;
      padding-inline: 8px;
    }
    .min {
      grid-column: 1;
      grid-row: 2;
      text-align: start;
      font-size: 12px;
    }
    .plan .item > div {
      grid-row: 1 / span 2;
      grid-column: 2;
    }
  }
  @media (forced-colors: active) {
    .strip .block,
    .strip .now {
      background: Highlight;
      forced-color-adjust: none;
    }
    .strip .busy {
      background: GrayText;
      forced-color-adjust: none;
    }
  }
  @media print {
    .tools,
    .acts,
    .limits,
    header nav {
      display: none;
    }
  }
`;
