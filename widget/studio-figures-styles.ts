import { type CSSResult, css } from 'lit';

/** How content did, beside it. */
export const figuresStyles: CSSResult = css`
  .did {
    margin-block-start: 20px;
    padding-block-start: 12px;
    border-block-start: 1px solid var(--_line);
  }
  .did dl {
    margin: 8px 0;
  }
  .did dl div {
    display: grid;
    grid-template-columns: 7em 1fr;
    gap: 8px;
    padding-block: 4px;
  }
  .did dt {
    color: var(--_ink-2);
  }
  .did dd {
    margin: 0;
    font-variant-numeric: tabular-nums;
  }
  .did dd span {
    display: block;
  }
`;
