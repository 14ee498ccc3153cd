import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lintTemplates } from './lint-templates.js';

const messages = (text: string): string[] =>
  lintTemplates('x.ts', text).map(({ line, message }) => `${line}: ${message}`);

const refused: readonly (readonly [string, string])[] = [
  ['html`<p class=${a}></p>`', '1: the attribute class is bound; bind a .property instead'],
  ['html`<p class="x ${a}"></p>`', '1: the attribute class is bound; bind a .property instead'],
  ["html`<p title='${a}'></p>`", '1: the attribute title is bound; bind a .property instead'],
  ['html`<a .x=${a} href=${b}>c</a>`', '1: the attribute href is bound; bind a .property instead'],
  [
    'html`<p\n  title="a > b"\n  id=${a}></p>`',
    '3: the attribute id is bound; bind a .property instead',
  ],
  ['svg`<circle r="${a}"/>`', '1: the attribute r is bound; bind a .property instead'],
  [
    'html`<p>${a ? html`<b lang=${b}></b>` : ""}</p>`',
    '1: the attribute lang is bound; bind a .property instead',
  ],
  ['html`<p ${a}></p>`', '1: a binding in a tag needs a .property, ?boolean or @event'],
  ['html`<slot></slot>`', '1: <slot> is removed there'],
  ['html`${a}<dialog>b</dialog>`', '1: <dialog> is removed there'],
  ["import { ref } from 'lit/directives/ref.js';", '1: lit/directives/ref.js does not work there'],
];

const accepted: readonly string[] = [
  'html`<p>${a}</p>`',
  'html`<p class="x" .className=${a} ?hidden=${b} @click=${c}>${d}</p>`',
  'html`<p .title="${a}">b</p> a < b ${c}`',
  'html`<!-- class=${a} --><p></p>`',
  'html`<p data-x="1 > 0">${a}</p>`',
  'css`p { color: ${a} }`',
  "import { repeat } from 'lit/directives/repeat.js';",
];

describe('templates for Lightning Web Security', () => {
  for (const [text, message] of refused)
    it(`refuses ${JSON.stringify(text)}`, () => assert.deepEqual(messages(text), [message]));
  for (const text of accepted)
    it(`accepts ${JSON.stringify(text)}`, () => assert.deepEqual(messages(text), []));
});
