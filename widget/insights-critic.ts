import { html, nothing } from 'lit';
import { INSIGHTS_STRINGS as WORDS } from '../src/insights/insights-strings.js';
import { OWN_ACTIONS } from '../src/insights/own-actions.js';
import type { InsightsDesk } from './insights-desk.js';

/** Below a rep's own figures: who else may see them. */
export function criticView(desk: InsightsDesk): unknown {
  const { sharing, preset, said } = desk.state;
  if (!desk.source.share || !sharing || preset?.id !== OWN_ACTIONS) return nothing;
  const { critic, colleagues } = sharing;
  // Who is not in the team any more may still be taken back.
  const isKnown = !critic || colleagues.some(({ rep }) => rep === critic.rep);
  const all = isKnown || !critic ? colleagues : [critic, ...colleagues];
  const choose = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    desk.share(all.find(({ rep }) => rep === value));
  };
  const field =
    all.length === 0
      ? html`<p class="quiet">${WORDS.noColleagues}</p>`
      : html`<label class="named">${WORDS.criticLabel} <select class="field" @change=${choose}><option value="" .selected=${!critic}>${WORDS.nobody}</option>${all.map(
          ({ rep, name }) =>
            html`<option .value=${rep} .selected=${rep === critic?.rep}>${name}</option>`,
        )}</select></label>`;
  return html`<section class="critic"><h2>${WORDS.critic}</h2><p>${WORDS.criticHow}</p>${field}${said === '' ? nothing : html`<p class="quiet">${said}</p>`}</section>`;
}
