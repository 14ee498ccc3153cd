import { html, nothing } from 'lit';
import type { JsonObject } from '../src/domain/value.js';
import { isPlay } from '../src/studio/content-item.js';
import type { SettingEffect } from '../src/studio/effect-engine.js';
import { EFFECT_STRINGS as WORDS } from '../src/studio/effect-strings.js';
import type { Item, Items } from '../src/studio/playbook-folder.js';
import { settingText } from '../src/studio/setting-text.js';
import { playbookSettings, playSettings, type Setting } from '../src/studio/settings.js';
import { createWords, type Words } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import { settingKey } from './studio-effects-desk.js';
import type { StudioDesk } from './studio-state.js';
import { playTitle } from './studio-title.js';

/** Every setting of the playbook, and how often reps would have seen something else without it. */
export function settingsView(desk: StudioDesk): unknown {
  const { items } = desk.state.bench;
  const data = playbookData(items);
  const plays = [...items.values()].filter(isPlay);
  const whole = plays.map(({ file }): Setting => ({ file, path: [] }));
  return html`<main class="list effects"><header class="top"><div><h1>${WORDS.lead}</h1><p class="quiet">${WORDS.about}</p></div></header>
    ${listView(desk, 'playbook', WORDS.playbook, playbookSettings(data), (one, words) => settingText(one, data, desk.state.vocabulary, words))}
    ${listView(desk, 'plays', WORDS.plays, whole, ({ file }) => playLink(desk, items.get(file)), WORDS.aboutPlays)}</main>`;
}

/** Beside one play: what each part of it does. */
export function partsView(desk: StudioDesk, item: Item): unknown {
  const settings = playSettings(item.file, item.data);
  return html`<div class="effects">${listView(desk, item.file, WORDS.parts, settings, (one, words) => settingText(one, item.data, desk.state.vocabulary, words), WORDS.about)}</div>`;
}

/** `playbook.yaml` as it is written now: its goals are items of their own. */
function playbookData(items: Items): JsonObject {
  const goals = [...items.values()].filter(({ id }) => id.startsWith('playbook.yaml#goals/'));
  return { ...items.get('playbook.yaml')?.data, goals: goals.map(({ data }) => data) };
}

function listView(
  desk: StudioDesk,
  list: string,
  title: string,
  settings: readonly Setting[],
  nameOf: (setting: Setting, words: Words) => unknown,
  about = '',
): unknown {
  const { effects, bench, checked, vocabulary } = desk.state;
  const words = createWords(ENGLISH, vocabulary.playbook, desk.now);
  const { running, ended } = effects ?? {};
  const isRunning = running?.list === list;
  const isOld = effects !== undefined && effects.of !== bench.items;
  const known = settings.flatMap((one) => effects?.found.get(settingKey(one)) ?? []);
  const find = (): void => void desk.findEffects(list, settings);
  const left = known.length < settings.length || isOld;
  return html`<section .ariaLabel=${title}><h2>${title}</h2>${about ? html`<p class="quiet">${about}</p>` : nothing}
    ${
      isRunning
        ? html`<p class="quiet" role="status">${words.fill(WORDS.running, { setting: textIn(nameOf(running.at, words), desk, running.at), done: words.number(running.done + 1), all: words.number(running.all), share: words.percent(Math.round(running.share * 100) / 100) })} ${button('', WORDS.stop, desk.stopEffects)}</p>`
        : left
          ? html`<p>${button('', known.length > 0 ? WORDS.again : WORDS.start, find, { disabled: !checked?.playbook })}${checked?.playbook ? nothing : html` <span class="quiet">${WORDS.wrong}</span>`}</p>`
          : nothing
    }
    ${ended?.list === list ? html`<p class="note" role="status">${endText(ended.because)}</p>` : nothing}
    ${isOld && known.length > 0 ? html`<p class="note">${WORDS.changedSince}</p>` : nothing}
    ${
      known.length > 0 || isRunning || list === 'playbook'
        ? html`<ul class="does">${settings.map((one) => html`<li><b>${nameOf(one, words)}</b>${effectView(desk, effects?.found.get(settingKey(one)), words)}</li>`)}</ul>`
        : nothing
    }</section>`;
}

const endText = (because: 'stopped' | 'wrong' | Error): string =>
  because === 'stopped'
    ? WORDS.stopped
    : because === 'wrong'
      ? WORDS.wrong
      : WORDS.failed.replace('{reason}', () => because.message);

/** A link has no words of its own for a sentence. */
function textIn(name: unknown, { state }: StudioDesk, { file }: Setting): string {
  return typeof name === 'string' ? name : playTitle(state.bench.items.get(file)?.data.title);
}

function playLink(desk: StudioDesk, item: Item | undefined): unknown {
  if (!item) return nothing;
  return button('link', playTitle(item.data.title), () =>
    desk.go({ kind: 'play', id: item.id, form: 'sentence' }),
  );
}

function effectView(desk: StudioDesk, found: SettingEffect | undefined, words: Words): unknown {
  if (!found) return html`<span class="quiet">${WORDS.notYet}</span>`;
  if (found.is === 'needed') return html`<span class="quiet">${WORDS.needed}</span>`;
  const { changed, decisions } = found;
  const text = words.fill(changed === 0 ? WORDS.none : WORDS.some, {
    times: words.number(changed),
    all: words.number(decisions),
  });
  return html`<span .className=${changed === 0 ? 'wrong' : ''}>${text}</span>${changed === 0 ? nothing : examplesView(desk, found, words)}`;
}

function examplesView(
  desk: StudioDesk,
  { examples, names }: Extract<SettingEffect, { readonly is: 'found' }>,
  words: Words,
): unknown {
  const titlesOf = (plays: readonly string[]): string =>
    words.list(plays.map((id) => words.fill(WORDS.play_, { title: titleOf(desk, id) })));
  return html`<details><summary>${words.count(WORDS.examples, examples.length)}</summary><ul>${examples.map(
    ({ at, account, before, after }) => {
      const form =
        before.length > 0 && after.length > 0
          ? WORDS.instead
          : after.length > 0
            ? WORDS.more
            : before.length > 0
              ? WORDS.fewer
              : WORDS.otherwise;
      return html`<li>${words.fill(form, {
        day: words.fullDay(words.dayOf(at), true),
        account: names[account] ?? account,
        before: titlesOf(before),
        after: titlesOf(after),
      })}</li>`;
    },
  )}</ul></details>`;
}

function titleOf({ state }: StudioDesk, play: string): string {
  const item = [...state.bench.items.values()].find((one) => isPlay(one) && one.data.id === play);
  return playTitle(item?.data.title ?? play);
}
