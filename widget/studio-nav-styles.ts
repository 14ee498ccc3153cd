import { type CSSResult, css } from 'lit';

export const navStyles: CSSResult = css`
  .places {
    display: flex;
    gap: 20px;
    max-inline-size: 1440px;
    margin-inline: auto;
    padding-inline: 32px;
    overflow-x: auto;
    border-block-end: 1px solid var(--_line);
  }
  .places button {
    flex: none;
    min-block-size: max(40px, var(--_target));
    border-block-end: 2px solid transparent;
    color: var(--_ink-2);
    font-size: 13px;
  }
  .places button:focus-visible {
    outline-offset: -2px;
  }
  .places button:hover {
    color: var(--_ink);
  }
  .places [aria-current] {
    color: var(--_ink);
    font-weight: 600;
    border-color: var(--_accent);
  }
  @container (max-width: 640px) {
    .places {
      flex-wrap: wrap;
      gap: 0 16px;
      padding-inline: 16px;
    }
  }
`;
