import { html } from 'lit';
import { STUDIO_STRINGS as WORDS } from '../src/studio/studio-strings.js';
import { button } from './panel-bits.js';
import type { StudioDesk } from './studio-state.js';
import type { Works } from './studio-work.js';

/** Why what takes long was not found out, and the way to try it once more. */
export const failedView = (desk: StudioDesk, name: keyof Works, text: string): unknown =>
  html`<p class="note wrong" role="alert">${text} ${button('link', WORDS.tryAgain, () => desk.again(name))}</p>`;
