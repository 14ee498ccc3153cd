import { html, nothing } from 'lit';
import type { Attribute } from '../src/domain/playbook.js';
import {
  type Coverage,
  type CoverageCell,
  type CoverageValue,
  canMap,
  playForCell,
} from '../src/studio/coverage.js';
import { COVERAGE_STRINGS as WORDS } from '../src/studio/coverage-strings.js';
import { filesOf } from '../src/studio/workbench.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import { failedView } from './studio-failed.js';
import { idleView } from './studio-idle.js';
import type { CoveragePlace, StudioDesk } from './studio-state.js';

type Words = ReturnType<typeof createWords>;

/** What is mapped first, where the playbook has it. */
const FIRST = ['account.industry', 'opportunity.stage'];

/** Where the playbook speaks and where it does not, by two attributes, and what lies idle in it. */
export function coverageView(desk: StudioDesk): unknown {
  const { place, bench, vocabulary, works } = desk.state;
  if (place.kind !== 'coverage') return nothing;
  const words = createWords(ENGLISH, vocabulary.playbook, desk.now);
  const all = vocabulary.playbook.attributes.filter(canMap);
  const [rows, columns] = [place.row, place.column].map((id, i) => chosen(all, id, i));
  if (!rows || !columns)
    return html`<main class="list"><h1>${WORDS.title}</h1><p class="note">${WORDS.noAttributes}</p></main>`;
  const { items } = bench;
  queueMicrotask(() => {
    desk.work('coverage', [items, rows.id, columns.id], (progress) =>
      desk.source.engine.coverage(filesOf(bench), [rows.id, columns.id], progress),
    );
  });
  const work = works?.coverage;
  const map = work?.is === 'found' ? work.found : undefined;
  const choose = (label: string, key: 'row' | 'column', value: string): unknown =>
    html`<label class="pick">${label}<select class="field" @change=${(event: Event) => desk.go({ ...withoutCell(place), row: rows.id, column: columns.id, [key]: (event.target as HTMLSelectElement).value })}>${all.map((one) => html`<option .value=${one.id} ?selected=${one.id === value}>${one.label}</option>`)}</select></label>`;
  return html`<main class="list coverage"><header class="top"><div><h1>${map ? answer(map, words) : WORDS.title}</h1></div>
    <div class="actions">${choose(WORDS.by, 'row', rows.id)}${choose(WORDS.and, 'column', columns.id)}</div></header>
    ${
      work?.is === 'running' || !work
        ? html`<p class="quiet" role="status">${words.fill(WORDS.running, { share: words.percent(work?.is === 'running' ? Math.round(work.share * 100) / 100 : 0) })}</p>`
        : work.is === 'failed'
          ? failedView(desk, 'coverage', words.fill(WORDS.failed, { reason: work.because }))
          : map
            ? html`${mapView(desk, place, map, [rows, columns], words)}${idleView(desk)}`
            : html`<p class="note">${WORDS.wrong}</p>`
    }</main>`;
}

function withoutCell({ cell: _, ...rest }: CoveragePlace): CoveragePlace {
  return rest;
}

function chosen(
  all: readonly Attribute[],
  id: string | undefined,
  i: number,
): Attribute | undefined {
  return (
    all.find((one) => one.id === id) ?? all.find((one) => one.id === FIRST[i]) ?? all[i] ?? all[0]
  );
}

/** In money where there is any, else by records. A record in several cells counts once. */
function answer({ of, cells, currency }: Coverage, words: Words): string {
  const records = new Map(
    cells.flatMap((cell) => cell.records.map((one) => [one.record, one] as const)),
  );
  const total = [...records.values()];
  const bare = total.filter(({ plays }) => plays === 0);
  const sum = (list: typeof total): number => list.reduce((all, { amount }) => all + amount, 0);
  const isListed = cells.every(({ count, records: some }) => count === some.length);
  if (total.length === 0 && isListed) return of === 'account' ? WORDS.noAccounts : WORDS.noDeals;
  if (bare.length === 0 && isListed)
    return of === 'account' ? WORDS.coveredAccounts : WORDS.covered;
  const [amount, all] = isListed
    ? [sum(bare), sum(total)]
    : [weight(cells.filter(({ state }) => state === 'nothing')), weight(cells)];
  if (all > 0 && currency)
    return words.fill(WORDS.nothing, {
      amount: words.roughly(amount, 'money'),
      all: words.roughly(all, 'money'),
    });
  const count = of === 'account' ? WORDS.accounts : WORDS.deals;
  return words.fill(WORDS.nothingCount, {
    count: words.number(bare.length),
    all: words.count(count, total.length),
  });
}

const weight = (cells: readonly CoverageCell[]): number =>
  cells.reduce((sum, { amount }) => sum + amount, 0);

const labelOf = ({ value, label }: CoverageValue): string =>
  value === undefined
    ? WORDS.unknown
    : value === true
      ? WORDS.yes
      : value === false
        ? WORDS.no
        : label;

function mapView(
  desk: StudioDesk,
  place: CoveragePlace,
  map: Coverage,
  [row, column]: readonly [Attribute, Attribute],
  words: Words,
): unknown {
  const { rows, columns, cells } = map;
  const most = Math.max(1, ...cells.map(weightOf));
  const at = place.cell ?? { row: 0, column: 0 };
  const cellAt = (i: number, j: number): CoverageCell | undefined =>
    cells.find((cell) => cell.row === i && cell.column === j);
  const open = place.cell && cellAt(place.cell.row, place.cell.column);
  const cellView = (i: number, j: number): unknown => {
    const cell = cellAt(i, j);
    if (!cell) return nothing;
    const isAt = at.row === i && at.column === j;
    return html`<td role="gridcell" .className=${`cell ${cell.state}`} .style=${`--share:${weightOf(cell) / most}`} .tabIndex=${isAt ? 0 : -1} .ariaSelected=${`${open === cell}`} .id=${`cell-${i}.${j}`}
      @click=${() => desk.go({ ...place, row: row.id, column: column.id, cell: { row: i, column: j } })}>${cellText(map, cell, words)}</td>`;
  };
  return html`<p class="quiet">${WORDS.basis}</p>
  <div class="map"><div class="scroll"><table role="grid" @keydown=${(event: KeyboardEvent) => walk(event, rows.length, columns.length)}>
    <caption>${words.fill(WORDS.table, { row: row.label, column: column.label })}. <span class="quiet">${WORDS.keys}</span></caption>
    <thead><tr><th scope="col">${row.label}</th>${columns.map((one) => html`<th scope="col">${labelOf(one)}</th>`)}</tr></thead>
    <tbody>${rows.map((one, i) => html`<tr><th scope="row">${labelOf(one)}</th>${columns.map((_, j) => cellView(i, j))}</tr>`)}</tbody></table></div>
    <aside>${open && open.count > 0 ? openCell(desk, map, open, [row.id, column.id], words) : html`<p class="quiet">${WORDS.choose}</p>`}</aside></div>
  <ul class="legend">${(['nothing', 'some', 'crowded'] as const).map((state) => html`<li><i .className=${`cell ${state}`} aria-hidden="true"></i>${WORDS.legend[state]}</li>`)}</ul>`;
}

const weightOf = ({ amount, count }: CoverageCell): number => (amount > 0 ? amount : count);

/** What the colour says stands in it as words too. */
function cellText({ of }: Coverage, cell: CoverageCell, words: Words): unknown {
  const { state, amount, count, nothing: bare, crowded } = cell;
  if (state === 'empty')
    return html`<span class="quiet">${'–'}<span class="spoken">${WORDS.states.empty}</span></span>`;
  const counted = words.count(of === 'account' ? WORDS.accounts : WORDS.deals, count);
  const told = [
    ...(bare > 0 ? [words.fill(WORDS.nothingOn, { count: words.number(bare) })] : []),
    ...(crowded > 0 ? [words.fill(WORDS.crowdedOn, { count: words.number(crowded) })] : []),
  ];
  return html`<b>${amount > 0 ? words.roughly(amount, 'money') : counted}</b>${amount > 0 ? html`<span>${counted}</span>` : nothing}<span>${told.length > 0 ? told.join(', ') : WORDS.states.some}</span><i class="weight" aria-hidden="true"></i>`;
}

/** One cell is in the order of Tab; arrows go to the others. */
function walk(event: KeyboardEvent, rows: number, columns: number): void {
  const cell = (event.composedPath()[0] as HTMLElement).closest<HTMLElement>('[id^="cell-"]');
  if (!cell) return;
  if (event.key === 'Enter' || event.key === ' ') {
    cell.click();
    event.preventDefault();
    return;
  }
  const [row = 0, column = 0] = cell.id.slice('cell-'.length).split('.').map(Number);
  const steps: { readonly [key: string]: readonly [number, number] } = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, columns - 1],
  };
  const [i, j] = steps[event.key] ?? [];
  if (i === undefined || j === undefined || i < 0 || j < 0 || i >= rows || j >= columns) return;
  event.preventDefault();
  const table = event.currentTarget as HTMLElement;
  const next = table.querySelector<HTMLElement>(`#${CSS.escape(`cell-${i}.${j}`)}`);
  cell.tabIndex = -1;
  if (next) next.tabIndex = 0;
  next?.focus();
}

function openCell(
  desk: StudioDesk,
  map: Coverage,
  cell: CoverageCell,
  ids: readonly [string, string],
  words: Words,
): unknown {
  const name = words.fill(WORDS.cell, {
    row: labelOf(map.rows[cell.row] as CoverageValue),
    column: labelOf(map.columns[cell.column] as CoverageValue),
  });
  return html`<section .ariaLabel=${name}><h2>${name}</h2>
    ${button('primary', WORDS.write, () => writePlay(desk, map, cell, ids, words.fill(WORDS.writeLabel, { cell: name })))}
    <p class="quiet">${WORDS.records}</p>
    <ul class="rows small">${cell.records.map(
      ({ name: own, accountName, record, amount, plays }) =>
        html`<li><b>${own ?? record}</b><span class="quiet">${[...(accountName !== undefined && accountName !== own ? [accountName] : []), ...(amount > 0 ? [words.roughly(amount, 'money')] : [])].join(', ')}</span><span .className=${plays === 0 ? 'marks wrong' : 'marks'}>${plays === 0 ? WORDS.states.nothing : words.count(WORDS.plays.split('|').slice(1).join('|'), plays)}</span></li>`,
    )}</ul></section>`;
}

/** A sentence that begins with the two conditions, and is open for the rest. */
function writePlay(
  desk: StudioDesk,
  map: Coverage,
  cell: CoverageCell,
  ids: readonly [string, string],
  label: string,
): void {
  const { bench, author } = desk.state;
  const { about, becomes } = playForCell(map, ids, cell);
  let id = 'new-play';
  for (let n = 2; bench.items.has(`plays/${id}.yaml`); n++) id = `new-play-${n}`;
  const file = `plays/${id}.yaml`;
  const data = { id, about, trigger: { becomes }, for: 'owner', owner: author };
  desk.put(file, { id: file, file, data }, label);
  desk.go({ kind: 'play', id: file, form: 'sentence' });
}
