import { html } from 'lit';
import { WORKED_EXAMPLE } from '../src/analyze-roi.js';
import { INSIGHTS_STRINGS as WORDS } from '../src/insights/insights-strings.js';
import {
  COMPANY_FIELDS,
  DRIVER_FIELDS,
  GUESSES,
  readFields,
  written,
} from '../src/insights/roi-fields.js';
import type { InsightsDesk } from './insights-desk.js';
import { button } from './panel-bits.js';

/** Every figure that the estimate rests on, to be put right. */
export function roiForm(desk: InsightsDesk): unknown {
  const { preset } = desk.state;
  if (preset?.question.topic !== 'roi') return undefined;
  const { question } = preset;
  const assumptions = question.assumptions ?? WORKED_EXAMPLE;
  const { company, now, guided } = assumptions;
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    const read = readFields(assumptions, (name) => String(given.get(name) ?? ''));
    if (read) desk.choose({ ...preset, question: { ...question, assumptions: read } });
    else desk.say(WORDS.figuresWrong);
  };
  const example = (): void => {
    const { assumptions: _, ...bare } = question;
    desk.choose({ ...preset, question: bare });
  };
  const field = (name: string, label: string, value: string): unknown =>
    html`<input class="field figure" type="number" step="any" min="0" .name=${name} .ariaLabel=${label} .value=${value}>`;
  return html`<details class="figures"><summary>${WORDS.figures}</summary><form @submit=${send}><div class="figure-grid">${COMPANY_FIELDS.map(
    ({ key, label, unit }) =>
      html`<label class="named">${label}${unit ? ` (${unit})` : ''}<input class="field figure" type="number" step="any" min="0" .name=${key} .value=${written(company[key], unit)}></label>`,
  )}</div><div class="wide" role="region" tabindex="0" .ariaLabel=${WORDS.drivers}><table><caption>${WORDS.drivers}</caption><thead><tr><td></td>${['today', ...GUESSES].map((one) => html`<th scope="col">${one}</th>`)}</tr></thead><tbody>${DRIVER_FIELDS.map(
    ({ key, label, unit }) =>
      html`<tr><th scope="row">${label}${unit ? ` (${unit})` : ''}</th><td>${field(`${key}/now`, `${label}, today`, written(now[key], unit))}</td>${GUESSES.map((guess, i) => html`<td>${field(`${key}/${guess}`, `${label}, ${guess}`, written(guided[key][i], unit))}</td>`)}</tr>`,
  )}</tbody></table></div><p class="part"><button class="button primary">${WORDS.reckon}</button>${
    question.assumptions ? button('', WORDS.example, example) : ''
  }</p></form></details>`;
}
