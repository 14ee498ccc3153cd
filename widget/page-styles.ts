import { type CSSResult, css } from 'lit';

/**
 * What every screen that fills a page begins with. Tokens are the panel's; everything below reads only the private `--_*`.
 */
export const pageStyles: CSSResult = css`
  :host {
    --_surface: var(--opportune-surface, light-dark(#fff, #1b1e20));
    --_surface-2: var(--opportune-surface-2, light-dark(#f3f5f4, #262a2d));
    --_ink: var(--opportune-ink, light-dark(#1a2022, #e7ebea));
    --_ink-2: var(--opportune-ink-2, light-dark(#556063, #a6b0b1));
    --_line: var(--opportune-line, light-dark(#dde2e0, #363c3f));
    --_line-strong: var(--opportune-line-strong, light-dark(#7b8683, #7f898c));
    --_accent: var(--opportune-accent, light-dark(#0d6270, #77c8d2));
    --_on-accent: var(--opportune-on-accent, light-dark(#fff, #062a31));
    --_accent-ink: var(--opportune-accent-ink, light-dark(#0d6270, #77c8d2));
    --_wash: color-mix(in srgb, var(--_accent) 11%, var(--_surface));
    --_edge: color-mix(in srgb, var(--_accent) 38%, var(--_surface));
    --_caution: var(--opportune-caution, light-dark(#7d4e00, #eebf69));
    --_radius: var(--opportune-radius, 6px);
    --_target: 32px;
    display: block;
    container-type: inline-size;
    color: var(--_ink);
    background: var(--_surface);
    font: 400 14px / 20px var(--opportune-font, system-ui, sans-serif);
    text-align: start;
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
  :focus-visible {
    outline: 2px solid var(--opportune-focus, var(--_accent-ink));
    outline-offset: 2px;
    border-radius: 4px;
  }
  .spoken {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    white-space: nowrap;
    clip-path: inset(50%);
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    text-align: inherit;
    cursor: pointer;
  }
  .button {
    min-block-size: var(--_target);
    padding-inline: 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    font-size: 13px;
    font-weight: 500;
  }
  .button:hover {
    border-color: var(--_line-strong);
  }
  .button:disabled {
    color: var(--_ink-2);
    cursor: default;
    border-color: var(--_line);
  }
  .button.primary {
    color: var(--_on-accent);
    background: var(--_accent);
    border-color: var(--_accent);
  }
  .button.link:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
`;
