import { html } from 'lit';

const begun = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const ended = (text: string, more: string): string =>
  /[.?!]$/.test(text) && more === '' ? text : `${text.replace(/\.$/, '')}${more}.`;

/** What is to be mended and how, as two sentences. */
export const findingView = (
  { message, remedy }: { readonly message: string; readonly remedy: string },
  file?: string,
): unknown =>
  html`${ended(begun(message), '')} <span class="quiet">${ended(begun(remedy), file === undefined ? '' : ` (${file})`)}</span>`;
