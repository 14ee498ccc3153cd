import { html, nothing } from 'lit';
import type { TryPlan } from '../src/domain/try.js';
import type { CardView, PanelSession, TriesView } from '../src/domain/view.js';
import type { Strings } from '../src/view/strings.js';
import { button, line, wordsOf } from './panel-bits.js';
import type { Parts } from './panel-parts.js';

type Told = TriesView['tries'][number];

/** The way to try something of one's own with a card's play, and what became of it. */
export function tryAnother({ id, mayTry }: CardView, parts: Parts): unknown {
  const { strings } = parts;
  const expanded = parts.choosing(id) === 'try';
  const begin = (event: Event): void => {
    const how = wordsOf(event);
    if (!how) return;
    const plan: { [name: string]: string | number } = { how };
    for (const { name, value } of (event.target as HTMLFormElement).querySelectorAll('select'))
      if (value) plan[name] = name === 'role' ? value : Number(value);
    parts.beginTry(id, plan as unknown as TryPlan);
  };
  return mayTry
    ? html`<div class="attempt">${button('quiet try', strings.tryAnother, () => parts.choose(id, expanded ? undefined : 'try'), { expanded })}${
        expanded
          ? html`<form class="own" @submit=${begin}><label class="field small">${strings.tryQuestion}<textarea rows="2" maxlength="140"></textarea></label><div class="choices small">${mayTry.map(
              ({ id: name, label, choices, chosen }) =>
                html`<label>${label}<select .name=${name}>${choices.map(
                  (one) =>
                    html`<option .value=${one.id} ?selected=${one.id === chosen}>${one.label}</option>`,
                )}</select></label>`,
            )}</div>${line('meta', strings.tryNote)}<div class="actions"><button class="button">${strings.tryStart}</button></div></form>`
          : nothing
      }${line('small begun', parts.begun(id))}</div>`
    : nothing;
}

/** The rep's tries: how each stands, a way to end it, and to pass on one that came off. `doing` is told what was begun. */
export async function openTries(
  session: PanelSession,
  strings: Strings,
  doing: (did: Promise<void>) => void,
): Promise<{ body(): unknown }> {
  let { tries } = await session.tries();
  let said = '';
  const then = async (did: Promise<string>): Promise<void> => {
    said = await did;
    tries = (await session.tries()).tries;
  };
  const offer = async (text: string): Promise<string> => {
    await session.sendTip({ text, goesWith: [], signed: true });
    return strings.tipSent;
  };
  const way = (label: string, { how }: Told, run: () => Promise<string>): unknown =>
    html`<div class="actions">${button('', label, () => doing(then(run())), { name: `${label}: ${how}` })}</div>`;
  const item = (one: Told): unknown => {
    const { how, meta, verdict, lines, isRunning, tip } = one;
    return html`<li><h3>${how}</h3>${line('meta', meta)}<p><b>${verdict}</b></p>${lines.map((text) => line('small', text))}${isRunning ? way(strings.tryEnd, one, () => session.endTry(one)) : nothing}${tip ? way(strings.tryOffer, one, () => offer(tip)) : nothing}</li>`;
  };
  return {
    body: () =>
      html`<div class="say">${said ? html`<p class="small said" tabindex="-1">${said}</p>` : nothing}${tries.length ? html`<ul class="tips">${tries.map(item)}</ul>` : strings.noTries}</div>`,
  };
}
