import { type CSSResult, css } from 'lit';

/** The figures of an estimate, and what of a page of findings is printed. */
export const insightsRoiStyles: CSSResult = css`
  .figures {
    margin-block-end: 20px;
  }
  .figure-grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(180px, 1fr));
    gap: 10px 16px;
    align-items: end;
    margin-block: 8px 12px;
  }
  .figure-grid .figure {
    inline-size: 100%;
  }
  td .figure {
    inline-size: 104px;
  }
  @media print {
    nav,
    .part,
    .exports,
    .figures,
    .note[role="note"],
    figure details {
      display: none;
    }
    .frame,
    .two {
      display: block;
    }
    .section,
    figure,
    tr {
      break-inside: avoid;
    }
    .wide {
      overflow: visible;
    }
  }
`;
