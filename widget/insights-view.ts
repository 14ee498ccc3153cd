import { html, nothing } from 'lit';
import { barText } from '../src/insights/cut-words.js';
import { INSIGHTS_STRINGS as WORDS } from '../src/insights/insights-strings.js';
import { isSearch } from '../src/insights/looks.js';
import type { Filter } from '../src/insights/menu.js';
import type { Where } from '../src/insights/question.js';
import { toReportHtml } from '../src/insights/report-html.js';
import { download } from './download.js';
import { criticView } from './insights-critic.js';
import type { InsightsDesk } from './insights-desk.js';
import { type ReportPlace, reportView } from './insights-report.js';
import { roiForm } from './insights-roi.js';
import { button } from './panel-bits.js';

/** Of all accounts together: arms were dealt out over all of them, a plan is made for all, and all teach. */
const OF_ALL: ReadonlySet<string> = new Set([
  ...['proof', 'actions', 'roi', 'tradeoff'],
  ...['learning', 'trial'],
]);

export function insightsView(desk: InsightsDesk, width: number): unknown {
  const { opened } = desk.state;
  if (opened.presets.length === 0)
    return html`<main class="only"><h1>${WORDS.noQuestions}</h1><p class="note">${WORDS.noQuestionsHow}</p></main>`;
  return html`<div class="frame">${topicsView(desk)}<main>${partView(desk)}${roiForm(desk)}${answerView(desk, width)}</main></div>`;
}

function topicsView(desk: InsightsDesk): unknown {
  const { opened, preset } = desk.state;
  return html`<nav .ariaLabel=${WORDS.topics}><ul>${opened.presets.map(
    (one) =>
      html`<li><button type="button" .className=${one.id === preset?.id ? 'topic on' : 'topic'} .ariaCurrent=${one.id === preset?.id ? 'page' : null} @click=${() => desk.choose(one)}>${one.label}</button></li>`,
  )}</ul></nav>`;
}

/** Which part of the records is chosen, and what looking at it costs. */
function partView(desk: InsightsDesk): unknown {
  const { state } = desk;
  const { opened, where, quarter, preset, running } = state;
  const topic = preset?.question.topic;
  const isOfDeals = ['patterns', 'forecast', 'ramp', 'reasons'].includes(topic ?? '');
  const filters = opened.filters.filter(
    ({ attribute }) => isOfDeals || (!OF_ALL.has(topic ?? '') && attribute.startsWith('account.')),
  );
  const add = (event: Event): void => {
    const field = event.target as HTMLSelectElement;
    const chosen = placeOf(filters, Number(field.value));
    field.value = '';
    if (chosen)
      desk.narrow({
        where: [...where.filter((one) => one.attribute !== chosen.attribute), chosen],
      });
  };
  const chip = (one: Where): unknown => {
    const filter = filters.find(({ attribute }) => attribute === one.attribute);
    const said = `${filter?.label}: ${filter?.values.find(({ value }) => value === one.value)?.label}`;
    return html`<li class="chip"><span>${said}</span>${button('quiet', '×', () => desk.narrow({ where: where.filter((other) => other !== one) }), { name: `${WORDS.removeFilter} ${said}` })}</li>`;
  };
  return html`<form class="part" @submit=${(event: Event) => event.preventDefault()}>
    <ul class="chips">${where.map(chip)}</ul>
    ${filters.length > 0 ? filterView(filters, add) : nothing}
    ${isOfDeals ? quarterView(desk) : nothing}
    ${desk.isShown() || running !== undefined ? nothing : button('primary', where.length > 0 || quarter ? WORDS.look : WORDS.whole, () => desk.look())}
  </form><p class="note" role="note">${noteOf(desk)}</p>`;
}

function filterView(filters: readonly Filter[], add: (event: Event) => void): unknown {
  let place = 0;
  return html`<label><span class="spoken">${WORDS.addFilter}</span><select class="field" @change=${add}><option value="">${WORDS.addFilter}</option>${filters.map(
    ({ label, values }) =>
      html`<optgroup .label=${label}>${values.map((one) => html`<option .value=${String(place++)}>${one.label}</option>`)}</optgroup>`,
  )}</select></label>`;
}

function placeOf(filters: readonly Filter[], place: number): Where | undefined {
  const all = filters.flatMap(({ attribute, values }) =>
    values.map(({ value }) => ({ attribute, value })),
  );
  return all[place];
}

function quarterView(desk: InsightsDesk): unknown {
  const { opened, quarter } = desk.state;
  const choose = (event: Event): void =>
    desk.narrow({
      quarter: opened.quarters[Number((event.target as HTMLSelectElement).value)] ?? null,
    });
  return html`<label class="named">${WORDS.begun} <select class="field" @change=${choose}><option value="" .selected=${!quarter}>${WORDS.allTime}</option>${opened.quarters.map((one, i) => html`<option .value=${String(i)} .selected=${one === quarter}>${one.label}</option>`)}</select></label>`;
}

/** How often somebody has looked, and what that asks of a finding. */
function noteOf(desk: InsightsDesk): string {
  const { looks, opened } = desk.state;
  const next = desk.level();
  if (!next) return WORDS.estimate;
  const seen = looks.filter(
    ({ family, question }) => family === opened.family && isSearch(question),
  ).length;
  const say = (words: string, look: number, alpha: number): string =>
    words
      .replace('{look}', String(look))
      .replace('{looks}', String(seen))
      .replace('{bar}', barText(alpha));
  if (next.look > seen && seen > 0 && !desk.isShown())
    return say(WORDS.nextLook, next.look, next.alpha);
  if (seen < 2) return say(WORDS.lookedOnce, 1, next.alpha);
  return say(WORDS.looked, next.look, next.alpha);
}

function answerView(desk: InsightsDesk, width: number): unknown {
  const { preset, running, shown, failed } = desk.state;
  if (running !== undefined)
    return html`<h1>${preset?.label}</h1><p class="progress"><progress max="1" .value=${running} .ariaLabel=${WORDS.working}></progress> <span class="quiet">${WORDS.working}, ${Math.round(100 * running)} %</span> ${button('', WORDS.stop, () => desk.stop())}</p>`;
  if (failed !== undefined)
    return html`<h1>${preset?.label}</h1><p class="note wrong" role="alert">${failed}</p>${button('', WORDS.tryAgain, () => desk.look())}`;
  if (!shown) return html`<h1>${preset?.label}</h1>`;
  const place: ReportPlace = { width, source: desk.source };
  return html`<div .className=${desk.isShown() ? 'answer' : 'answer old'}>${reportView(shown.report, place)}${criticView(desk)}<p class="exports">${button('', WORDS.exportPage, () => exportPage(desk))}${button('', WORDS.exportJson, () => exportJson(desk))}</p></div>`;
}

function exportPage(desk: InsightsDesk): void {
  const { shown, preset } = desk.state;
  if (shown) save(desk, `${preset?.id}.html`, toReportHtml(shown.report), 'text/html');
}

function exportJson(desk: InsightsDesk): void {
  const { shown, preset } = desk.state;
  if (shown)
    save(desk, `${preset?.id}.json`, JSON.stringify(shown.result, null, 2), 'application/json');
}

function save(desk: InsightsDesk, name: string, text: string, type: string): void {
  download(name, text, type);
  desk.say(WORDS.exported.replace('{name}', name));
}
