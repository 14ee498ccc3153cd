import { type CSSResult, css } from 'lit';

/** What each setting does. */
export const effectsStyles: CSSResult = css`
  .effects section {
    margin-block-start: 24px;
    max-inline-size: 880px;
  }
  ul.does {
    margin: 12px 0 0;
    padding: 0;
    list-style: none;
  }
  ul.does > li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 2px 24px;
    padding-block: 8px;
    border-block-end: 1px solid var(--_line);
  }
  ul.does b {
    font-weight: 500;
  }
  ul.does details {
    grid-column: 1 / -1;
    font-size: 13px;
    color: var(--_ink-2);
  }
  ul.does details ul {
    margin: 4px 0;
    padding-inline-start: 20px;
  }
  @container (max-width: 640px) {
    ul.does > li {
      grid-template-columns: 1fr;
    }
  }
`;
