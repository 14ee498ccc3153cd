import { html, nothing } from 'lit';
import type { InsightsSource } from '../src/insights/insights-source.js';
import { INSIGHTS_STRINGS as WORDS } from '../src/insights/insights-strings.js';
import { numberColumns } from '../src/insights/number-columns.js';
import type {
  Block,
  DraftBlock,
  NamedRecord,
  Report,
  Section,
  TableBlock,
} from '../src/insights/report.js';
import { recordNames } from '../src/insights/report-parts.js';
import { clean } from '../src/view/format.js';
import { chartElement } from './insights-chart.js';
import { button } from './panel-bits.js';

export interface ReportPlace {
  /** Pixels that a chart may take. */
  readonly width: number;
  readonly source: InsightsSource;
}

export function reportView({ title, lead, sections }: Report, place: ReportPlace): unknown {
  return html`<h1 tabindex="-1">${title}</h1>${lead.map((words) => html`<p class="lead">${words}</p>`)}${sections.map((section) => sectionView(section, place))}`;
}

/** Words at one side, the chart at the other where there is room. */
function sectionView({ heading, isAside, blocks }: Section, place: ReportPlace): unknown {
  if (isAside)
    return html`<section class="section"><details><summary>${heading}</summary>${blocks.map((block) => blockView(block, place))}</details></section>`;
  const charts = blocks.filter(({ kind }) => kind === 'chart');
  const words = blocks.filter(({ kind }) => kind !== 'chart');
  const isWide = words.some(({ kind }) => kind === 'table');
  const look = charts.length > 0 && words.length > 0 && !isWide ? 'section two' : 'section';
  const parts =
    look === 'section'
      ? blocks.map((block) => blockView(block, place))
      : html`<div>${words.map((block) => blockView(block, place))}</div><div>${charts.map((block) => blockView(block, { ...place, width: halfOf(place.width) }))}</div>`;
  return html`<section .className=${look}><h2>${heading}</h2>${parts}</section>`;
}

/** Below it words and chart stand one under the other. */
const TWO_COLUMNS = 760;
const halfOf = (width: number): number =>
  width < TWO_COLUMNS ? width : Math.floor(width / 2) - 16;

function blockView(block: Block, place: ReportPlace): unknown {
  switch (block.kind) {
    case 'text':
      return html`<p>${withoutOptions(block.text)}</p>`;
    case 'list':
      return html`<ul>${block.items.map((item) => html`<li>${withoutOptions(item)}</li>`)}</ul>`;
    case 'table':
      return tableView(block);
    case 'chart':
      return html`<figure><figcaption>${block.chart.title}</figcaption>${chartElement(block.chart, place.width)}<details><summary>${WORDS.dataTable}</summary>${tableView(block.data)}</details></figure>`;
    case 'records':
      return recordsView(block.title, block.records, place.source);
    case 'draft':
      return draftView(block, place.source);
  }
}

/** Whoever reads it here has menus, and no command line. */
const withoutOptions = (text: string): string => text.replace(/ \(--[^)]*\)/g, '');

function recordsView(
  title: string,
  records: readonly NamedRecord[],
  source: InsightsSource,
): unknown {
  const list =
    source.openRecord && records.length > 0
      ? records.map((one) =>
          button('link', clean(one.name ?? one.record, 80), () => source.openRecord?.(one)),
        )
      : html`<span>${records.length > 0 ? recordNames(records) : WORDS.none}</span>`;
  return html`<div class="records" role="group" .ariaLabel=${title}><p class="quiet" aria-hidden="true">${title}</p>${list}</div>`;
}

function draftView(draft: DraftBlock, source: InsightsSource): unknown {
  const open = source.openDraft && button('primary', WORDS.draft, () => source.openDraft?.(draft));
  return html`<div class="draft">${open ?? nothing}<details><summary>${WORDS.draftText}</summary><p class="quiet">${draft.title}: ${draft.path}</p>${
    draft.attributes === undefined
      ? nothing
      : html`<p class="quiet">${WORDS.attributes}</p><pre tabindex="0">${draft.attributes}</pre>`
  }<pre tabindex="0">${draft.text}</pre></details></div>`;
}

function tableView(table: TableBlock): unknown {
  const { title, head, rows } = table;
  const isNumber = numberColumns(table);
  const look = (i: number): string => (isNumber[i] ? 'number' : '');
  const shown = (value: string | number): string =>
    typeof value === 'number' ? value.toLocaleString('en-US') : value;
  return html`<div class="wide" role="region" tabindex="0" .ariaLabel=${title}><table><caption>${title}</caption><thead><tr>${head.map((name, i) => html`<th scope="col" .className=${look(i)}>${name}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((value, i) => (i === 0 ? html`<th scope="row" .className=${look(i)}>${shown(value)}</th>` : html`<td .className=${look(i)}>${shown(value)}</td>`))}</tr>`,
  )}</tbody></table></div>`;
}
