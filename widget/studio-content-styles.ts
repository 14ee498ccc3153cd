import { type CSSResult, css } from 'lit';

export const contentStyles: CSSResult = css`
  .finder {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block: 16px 8px;
  }
  .finder input {
    flex: 1 1 240px;
    max-inline-size: 420px;
  }
  .finder select {
    inline-size: auto;
  }
  .contents > .note {
    margin-block: 8px;
  }
  .contents.dropping {
    outline: 2px dashed var(--_accent);
    outline-offset: -8px;
  }
  .keys {
    margin-block-start: 16px;
    font-size: 12px;
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    max-inline-size: 100%;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius);
    font-size: 13px;
    font-weight: 400;
  }
  .chip .what {
    display: inline-block;
    min-block-size: max(28px, var(--_target));
    padding: 3px 4px 3px 10px;
    overflow-wrap: anywhere;
    text-align: start;
    border: 0;
    font: inherit;
  }
  .chip:dir(rtl) .what {
    padding: 3px 10px 3px 4px;
  }
  .chip i {
    font-style: normal;
    color: var(--_ink-2);
  }
  .chip .x {
    min-block-size: max(28px, var(--_target));
    min-inline-size: max(28px, var(--_target));
    padding: 0;
    border: 0;
    text-align: center;
    font-size: 15px;
    color: var(--_ink-2);
  }
  .chip .x:hover,
  .chip button.what:hover {
    color: var(--_ink);
    background: var(--_surface-2);
  }
  .chip.some {
    border-style: dashed;
  }
  .button.chip {
    min-block-size: max(28px, var(--_target));
    padding-inline: 10px;
  }
  .chips .button.quiet {
    margin: 0;
    padding-inline: 0;
    color: var(--_accent-ink);
    font-weight: 500;
  }

  .bulk {
    position: sticky;
    inset-block-start: 77px;
    z-index: 1;
    display: grid;
    gap: 8px;
    padding-block: 12px;
    background: var(--_surface);
    border-block-end: 1px solid var(--_line);
  }
  .bulk:has(.pop) {
    z-index: 2;
  }
  .bulk > p {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    align-items: center;
  }
  .rows.library > li {
    grid-template-columns: 24px minmax(0, 5fr) minmax(0, 5fr) 64px 140px 72px;
    align-items: start;
    padding-inline: 4px;
    font-size: 13px;
  }
  .rows.library > li > :not(:first-child, .marks) {
    grid-column: auto;
  }
  .rows.library > li.on {
    background: var(--_wash);
  }
  .rows.library input {
    inline-size: 16px;
    block-size: 16px;
    margin-block-start: 4px;
    accent-color: var(--_accent);
  }
  .rows.library div {
    display: grid;
    justify-items: start;
  }
  .rows.library .marks {
    grid-area: auto;
    justify-content: end;
  }
  .rows.library .button.open {
    text-align: start;
    overflow-wrap: anywhere;
  }
  .said-of {
    display: grid;
  }
  .rows .use {
    color: var(--_ink-2);
  }

  .content label,
  .content [role="group"]:has(.teams) {
    display: grid;
    gap: 4px;
    font-size: 12px;
    line-height: 16px;
    color: var(--_ink-2);
  }
  .content .words {
    display: grid;
    gap: 24px;
    align-content: start;
  }
  .content .title .field {
    font-size: 17px;
    line-height: 24px;
    font-weight: 600;
  }
  .content .words h2 {
    font-size: 12px;
    line-height: 16px;
    font-weight: 400;
    color: var(--_ink-2);
  }
  .where {
    display: grid;
    gap: 8px;
  }
  .where pre {
    padding: 8px 12px;
    overflow: auto;
    background: var(--_surface-2);
    border-radius: var(--_radius);
    font-size: 12px;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
    gap: 16px;
    align-items: start;
  }
  .fields .hint {
    font-size: 13px;
    line-height: 20px;
  }
  .teams {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .teams [aria-pressed="true"] {
    color: var(--_accent-ink);
    border-color: var(--_accent);
    font-weight: 600;
  }
  .text-and-look {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr));
    gap: 16px 24px;
  }
  .text-and-look textarea {
    resize: vertical;
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    line-height: 20px;
  }
  .look h2 {
    margin-block-end: 4px;
  }
  .prose {
    display: grid;
    gap: 8px;
    overflow-wrap: anywhere;
  }
  .prose :is(ul, ol) {
    padding-inline-start: 20px;
  }
  .prose ul {
    list-style: disc;
  }
  .prose :is(h5) {
    font-size: 14px;
    font-weight: 600;
  }
  .prose a {
    color: var(--_accent-ink);
  }
  .prose blockquote {
    padding-inline-start: 12px;
    border-inline-start: 2px solid var(--_line);
  }
  .prose pre {
    overflow: auto;
  }
  .proposals {
    display: grid;
    gap: 8px;
  }
  .proposals li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    padding-block: 4px;
  }
  .quality {
    margin-block-start: 24px;
  }
  .changes {
    display: grid;
    justify-items: start;
    gap: 12px;
    padding-block-start: 16px;
    border-block-start: 1px solid var(--_line);
    font-size: 13px;
  }
  .changes dl {
    display: grid;
    grid-template-columns: 112px minmax(0, 1fr);
    gap: 8px 16px;
    inline-size: 100%;
  }
  .changes dt {
    color: var(--_ink-2);
  }
  .words-changed {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  ins {
    color: var(--_accent-ink);
    background: var(--_wash);
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  del {
    color: var(--_caution);
  }
  label.button {
    display: inline-flex;
    align-items: center;
    color: var(--_ink);
    cursor: pointer;
  }
  .content .try {
    max-block-size: 640px;
  }
  .offers {
    display: grid;
    gap: 12px;
  }
  .offers p .quiet {
    display: block;
  }
  .asks {
    display: grid;
    gap: 8px;
    padding: 16px;
  }
  .pop .plain {
    max-block-size: 160px;
    margin: 0;
  }
  .pop .plain li {
    display: list-item;
    min-block-size: 0;
    padding: 2px 8px;
    cursor: default;
  }
  .pop .plain .wrong {
    margin-inline-start: 8px;
  }
  @container (max-width: 960px) {
    .rows.library > li {
      grid-template-columns: 24px minmax(0, 1fr) auto;
    }
    .rows.library > li > :is(.said-of, .use, .ends) {
      grid-column: 2;
    }
    .rows.library .marks {
      grid-area: 1 / 3;
    }
  }
  @container (max-width: 640px) {
    .drop {
      display: none;
    }
    .bulk {
      position: static;
    }
    .changes dl {
      grid-template-columns: minmax(0, 1fr);
      gap: 0 0;
    }
    .keys {
      display: none;
    }
  }
  @media (pointer: coarse) {
    .rows.library input {
      inline-size: 24px;
      block-size: 24px;
    }
  }
`;
