import { type CSSResult, css } from 'lit';

export const criticStyles: CSSResult = css`
  .critic {
    margin-block-start: 32px;
    padding: 16px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface-2);
  }
  .critic h2 {
    margin-block: 0 6px;
  }
  .critic p {
    max-inline-size: 68ch;
    margin-block-end: 10px;
  }
  .critic p:last-child {
    margin-block: 10px 0;
  }
`;
