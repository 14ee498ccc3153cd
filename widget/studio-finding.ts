import { html } from 'lit';

const begun = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What is to be mended and how, as two sentences. */
export const findingView = (
  { message, remedy }: { readonly message: string; readonly remedy: string },
  file?: string,
): unknown =>
  html`${begun(message)}. <span class="quiet">${begun(remedy)}${file === undefined ? '.' : ` (${file}).`}</span>`;
