import { html, nothing, type TemplateResult } from 'lit';
import { type App, type ListState, toHash } from './app.js';
import { nameOf, text } from './crm.js';
import { WORTH_A_LOOK } from './data/stories.js';
import { sumAccount } from './figures.js';
import { countOf, toInitials, toMoney, toShortDay } from './format.js';
import { icon } from './icons.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly industry: string;
  readonly owner: string;
  readonly bought: number;
  readonly deals: number;
  readonly dealsCount: number;
  readonly cases: number;
  readonly last: number;
}

type Column = Exclude<keyof Row, 'id' | 'city' | 'dealsCount'>;
const COLUMNS: readonly {
  readonly id: Column;
  readonly label: string;
  readonly figure?: boolean;
  readonly wide?: boolean;
}[] = [
  { id: 'name', label: 'Account' },
  { id: 'industry', label: 'Industry', wide: true },
  { id: 'owner', label: 'Owner', wide: true },
  { id: 'bought', label: 'Bought, 12 months', figure: true },
  { id: 'deals', label: 'Open deals', figure: true, wide: true },
  { id: 'cases', label: 'Cases', figure: true, wide: true },
  { id: 'last', label: 'Last contact', figure: true, wide: true },
];

export function accountList(app: App): TemplateResult {
  const { crm, state } = app;
  const { list } = state;
  const change = (part: Partial<ListState>): void => app.update({ list: { ...list, ...part } });
  const rows = findRows(app);
  return html`<main class="list">
    <div class="title">
      <h1>Accounts</h1><p class="dim" role="status">${countOf(rows.length, 'account', 'accounts')}</p>
      <div class="tools">
        <label class="field">${icon('search')}<input type="search" placeholder="Name, city or industry" aria-label="Filter accounts by name, city or industry" .value=${list.words}
          @input=${(event: Event) => change({ words: (event.target as HTMLInputElement).value })}></label>
        <select aria-label="Owner" @change=${(event: Event) => change({ owner: (event.target as HTMLSelectElement).value })}>
          <option value="" ?selected=${list.owner === ''}>Every owner</option>
          <option value="me" ?selected=${list.owner === 'me'}>My accounts</option>
          ${crm
            .reps()
            .filter((rep) => rep.values.role === 'Sales')
            .map(
              (rep) =>
                html`<option value=${rep.id} ?selected=${list.owner === rep.id}>${text(rep.values.name)}</option>`,
            )}
        </select>
      </div>
    </div>
    ${list.words === '' ? worthALook(app) : nothing}
    <div class="box table-box">
      <table class="accounts">
        <thead><tr>${COLUMNS.map(
          ({
            id,
            label,
            figure,
            wide,
          }) => html`<th scope="col" class=${classes(figure, wide)} aria-sort=${list.sort === id ? (list.down ? 'descending' : 'ascending') : 'none'}>
            <button type="button" @click=${() => change({ sort: id, down: list.sort === id ? !list.down : figure === true })}>${label}${icon(list.sort === id ? (list.down ? 'descending' : 'ascending') : 'sort')}</button></th>`,
        )}</tr></thead>
        <tbody>${rows.map((row) => drawRow(row, state.now))}</tbody>
      </table>
      ${
        rows.length === 0
          ? html`<div class="empty"><p><b>No account fits.</b></p><p class="dim">Try another word or every owner.</p>
        <button type="button" class="button" @click=${() => change({ words: '', owner: '' })}>Show all</button></div>`
          : nothing
      }
    </div>
  </main>`;
}

/** The demo's own signposts: where a visitor meets what. */
function worthALook({ crm }: App): TemplateResult {
  return html`<section class="box worth"><h2>Worth a look</h2><ul>${WORTH_A_LOOK.map(
    ({ account, says }) =>
      html`<li><a href=${toHash(account)}>${nameOf(crm, account)}</a><p class="dim">${says}</p></li>`,
  )}</ul></section>`;
}

const classes = (figure = false, wide = false): string =>
  [figure && 'num', wide && 'wide'].filter(Boolean).join(' ');

function drawRow(row: Row, now: number): TemplateResult {
  return html`<tr>
    <td><div class="firm"><span class="tile small" aria-hidden="true">${toInitials(row.name)}</span><div><a href=${toHash(row.id)}><bdi>${row.name}</bdi></a><p class="dim">${row.city}</p></div></div></td>
    <td class="wide">${row.industry}</td>
    <td class="wide">${row.owner}</td>
    <td class="num">${row.bought > 0 ? toMoney(row.bought) : html`<span class="dim">none</span>`}</td>
    <td class="num wide">${row.dealsCount > 0 ? html`${toMoney(row.deals)}${row.dealsCount > 1 ? html`<span class="dim"> in ${row.dealsCount}</span>` : nothing}` : nothing}</td>
    <td class="num wide">${row.cases > 0 ? row.cases : nothing}</td>
    <td class="num wide dim">${row.last > 0 ? toShortDay(row.last, now) : nothing}</td>
  </tr>`;
}

function findRows({ crm, state }: App): readonly Row[] {
  const { words, owner, sort, down } = state.list;
  const wanted = words.trim().toLocaleLowerCase('en');
  const whose = owner === 'me' ? state.asker : owner;
  const rows: Row[] = [];
  for (const account of crm.accounts()) {
    const { values } = account;
    // To those who keep the machines running, the accounts that they look after are theirs.
    if (whose && ![values.owner, values.service, values.engineer].includes(whose)) continue;
    const name = text(values.name);
    const city = text(values.city);
    const industry = text(values.industry);
    if (wanted && !`${name} ${city} ${industry}`.toLocaleLowerCase('en').includes(wanted)) continue;
    const sums = sumAccount(crm, account.id, state.now);
    rows.push({
      id: account.id,
      name,
      city,
      industry,
      owner: nameOf(crm, text(values.owner)),
      bought: sums.boughtMinor,
      deals: sums.openMinor,
      dealsCount: sums.openDeals.length,
      cases: sums.openCases,
      last: sums.lastContactAt ?? 0,
    });
  }
  const column = COLUMNS.some(({ id }) => id === sort) ? (sort as Column) : 'name';
  const way = down ? -1 : 1;
  return rows.sort((a, b) => {
    const [one, two] = [a[column], b[column]];
    const order =
      typeof one === 'number' && typeof two === 'number'
        ? one - two
        : String(one).localeCompare(String(two));
    return way * order || a.name.localeCompare(b.name);
  });
}
