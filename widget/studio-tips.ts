import { html, nothing } from 'lit';
import type { Tip } from '../src/domain/tip.js';
import { groupTips, type TipGroup } from '../src/studio/group-tips.js';
import { contentOfTip, itemOfTip, playOfTip } from '../src/studio/tip-items.js';
import { TIP_STRINGS as WORDS } from '../src/studio/tip-strings.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button, ownWords } from './panel-bits.js';
import { publishButton, undoButtons } from './studio-editor.js';
import type { StudioDesk } from './studio-state.js';
import { playTitle } from './studio-title.js';

type Words = ReturnType<typeof createWords>;

/** What reps told, those that say much the same together, each with its way into the playbook or an answer. */
export function tipsView(desk: StudioDesk): unknown {
  const { vocabulary, works } = desk.state;
  const { tips } = desk.source;
  const words = createWords(ENGLISH, vocabulary.playbook, desk.now);
  if (!tips)
    return html`<main class="list tips"><header class="top"><h1>${WORDS.title}</h1></header><p class="note">${WORDS.elsewhere}</p></main>`;
  const work = works?.tips;
  if (!work) queueMicrotask(() => lookAgain(desk));
  if (work?.is === 'failed')
    return html`<main class="list tips"><header class="top"><h1>${WORDS.title}</h1></header><p class="note wrong" role="alert">${words.fill(WORDS.failed, { reason: work.because })}</p></main>`;
  if (work?.is !== 'found')
    return html`<main class="list tips"><p class="quiet" role="status">${WORDS.loading}</p></main>`;
  const { found } = work;
  return html`<main class="list tips"><header class="top"><div><h1>${found.length === 0 ? WORDS.title : words.count(WORDS.count, found.length)}</h1></div><div class="actions">${button('', WORDS.again, () => lookAgain(desk))}${undoButtons(desk)}${publishButton(desk)}</div></header>
    ${found.length === 0 ? html`<p class="note">${WORDS.none}</p>` : groupTips(found).map((group) => groupView(desk, group, words))}</main>`;
}

/** Others may have sent some meanwhile. */
function lookAgain(desk: StudioDesk): void {
  desk.work('tips', [{}], async () => (await desk.source.tips?.waiting()) ?? []);
}

function groupView(desk: StudioDesk, group: TipGroup, words: Words): unknown {
  return html`<section class="tip-group">${group.length > 1 ? html`<h2>${words.fill(WORDS.alike, { count: words.number(group.length) })}</h2>` : nothing}<ul>${group.map((tip) => tipView(desk, tip, words))}</ul></section>`;
}

function tipView(desk: StudioDesk, tip: Tip, words: Words): unknown {
  const { bench, open, author } = desk.state;
  const taken = itemOfTip(tip, bench.items);
  const form = (name: string): string => `${name} ${tip.id}`;
  const toggle = (name: string): void =>
    desk.open(open?.at === form(name) ? undefined : { at: form(name), typed: '', active: 0 });
  const take = (item: ReturnType<typeof contentOfTip>, label: string): void => {
    desk.put(item.id, item, label);
    desk.go(
      item.file.startsWith('plays/')
        ? { kind: 'play', id: item.id, form: 'sentence' }
        : { kind: 'content', id: item.id },
    );
  };
  return html`<li class="tip"><blockquote>${tip.text}</blockquote><p class="quiet">${whenceText(desk, tip, words)}</p>${
    taken
      ? html`<p>${words.fill(WORDS.inWork, { title: playTitle(taken.data.title) })}</p>`
      : html`<div class="actions">${button('', WORDS.content, () => take(contentOfTip(tip, author), WORDS.asContent))}${button('', WORDS.play2, () => take(playOfTip(tip, author), WORDS.asPlay))}${button('', WORDS.edit, () => toggle('edit'), { expanded: open?.at === form('edit') })}${button('', WORDS.decline, () => toggle('decline'), { expanded: open?.at === form('decline') })}</div>${
          open?.at === form('edit')
            ? ownWords(
                WORDS.words,
                WORDS.keep,
                (text) => void settle(desk, tip, { status: 'edited', text }, WORDS.edited),
              )
            : open?.at === form('decline')
              ? ownWords(
                  WORDS.because,
                  WORDS.send,
                  (because) =>
                    void settle(desk, tip, { status: 'not-used', because }, WORDS.declined),
                )
              : nothing
        }`
  }</li>`;
}

/** Who, when and where; of an anonymous tip nobody but its author knows whose it is. */
function whenceText(desk: StudioDesk, tip: Tip, words: Words): string {
  const { vocabulary, bench } = desk.state;
  const day = words.fullDay(words.dayOf(tip.occurredAt), true);
  const who =
    tip.signed && tip.asker
      ? words.fill(WORDS.signed, { name: nameOf(tip.asker), day })
      : words.fill(WORDS.anonymous, { day });
  const facts = Object.entries(tip.attributes).map(([id, value]) => {
    const attribute = vocabulary.attribute(id);
    const labels = [value]
      .flat()
      .map((one) => attribute?.values?.find((other) => other.id === one)?.label ?? String(one));
    return words.fill(WORDS.fact, { label: attribute?.label ?? id, value: labels.join(', ') });
  });
  const play = [...bench.items.values()].find(
    ({ file, data }) => file.startsWith('plays/') && data.id === tip.play,
  );
  return [
    who,
    ...(play ? [words.fill(WORDS.play, { play: playTitle(play.data.title) })] : []),
    ...(facts.length > 0 ? [words.fill(WORDS.situation, { list: facts.join('; ') })] : []),
  ].join('. ');
}

/** `demo:rep:ana` is known by its last part alone. */
const nameOf = (rep: string): string => rep.slice(rep.lastIndexOf(':') + 1);

async function settle(
  desk: StudioDesk,
  tip: Tip,
  change: Parameters<NonNullable<StudioDesk['source']['tips']>['settle']>[1],
  said: string,
): Promise<void> {
  const { tips } = desk.source;
  if (!tips) return;
  try {
    await tips.settle(tip.id, change);
    desk.open(undefined);
    desk.say(said);
    lookAgain(desk);
  } catch (error) {
    desk.say(error instanceof Error ? error.message : String(error));
  }
}
