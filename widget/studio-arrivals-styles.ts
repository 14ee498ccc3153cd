import { type CSSResult, css } from 'lit';

export const arrivalsStyles: CSSResult = css`
  .arrivals {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: 8px 16px;
    margin-block: 16px 8px;
    padding: 10px 12px;
    background: var(--_surface-2);
    border-radius: var(--_radius);
  }
  .arrivals ul {
    flex: 1 1 320px;
    list-style: none;
  }
  .arrivals li {
    padding-block: 4px;
    overflow-wrap: anywhere;
  }
  .arrivals b {
    font-weight: 500;
  }
  .arrivals .because {
    color: var(--_caution);
  }
  .arrivals li .link {
    min-block-size: 0;
    padding: 0;
    border: 0;
    text-align: start;
  }
  .arrivals progress {
    display: block;
    inline-size: min(240px, 100%);
    block-size: 6px;
    margin-block-start: 4px;
    accent-color: var(--_accent);
  }
`;
