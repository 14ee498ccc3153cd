import { type CSSResult, css } from 'lit';

export const versionsStyles: CSSResult = css`
  .places .live {
    margin-inline-start: auto;
    align-self: center;
    white-space: nowrap;
    font-size: 13px;
  }
  .differences {
    display: grid;
    gap: 16px;
    margin-block: 16px;
  }
  main.list > section {
    margin-block: 16px;
  }
  .top + .quiet {
    margin-block-start: 12px;
  }
  :is(.differences, .sides) dt:empty {
    display: none;
  }
  :is(.differences, .sides) dt:empty + dd {
    grid-column: 1 / -1;
  }
  .differences li {
    padding-block: 16px 0;
  }
  :is(.differences, .conflicts) h3 {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: baseline;
    font-size: 14px;
    font-weight: 600;
  }
  :is(.differences, .conflicts) h3 .quiet {
    font-weight: 400;
    font-size: 12px;
  }
  .conflicts {
    display: grid;
    gap: 12px;
    margin-block: 16px;
  }
  .conflicts ul {
    display: grid;
    gap: 16px;
  }
  .conflicts h4 {
    font-size: 12px;
    font-weight: 600;
    color: var(--_ink-2);
  }
  .sides {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 12px;
    margin-block-start: 8px;
  }
  .sides > div {
    align-content: start;
    padding: 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  @container (max-width: 640px) {
    .sides {
      grid-template-columns: 1fr;
    }
  }
`;
