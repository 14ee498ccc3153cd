import { html, nothing } from 'lit';
import type { Tip } from '../src/domain/tip.js';
import type { Dismissal } from '../src/studio/dismissals.js';
import { groupTips, type TipGroup } from '../src/studio/group-tips.js';
import type { Item } from '../src/studio/playbook-folder.js';
import { dismissalText } from '../src/studio/settle-dismissal.js';
import { contentOfTip, itemOfTip, playOfTip } from '../src/studio/tip-items.js';
import { TIP_STRINGS as WORDS } from '../src/studio/tip-strings.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button, ownWords } from './panel-bits.js';
import { publishButton, undoButtons } from './studio-editor.js';
import { failedView } from './studio-failed.js';
import { personIn } from './studio-person.js';
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
    return html`<main class="list tips"><header class="top"><h1>${WORDS.title}</h1></header>${failedView(desk, 'tips', words.fill(WORDS.failed, { reason: work.because }))}</main>`;
  if (work?.is !== 'found')
    return html`<main class="list tips"><p class="quiet" role="status">${WORDS.loading}</p></main>`;
  const { tips: waiting, dismissals } = work.found;
  return html`<main class="list tips"><header class="top"><div><h1>${waiting.length === 0 ? WORDS.title : words.count(WORDS.count, waiting.length)}</h1>${dismissals.length > 0 ? html`<p class="quiet">${words.count(WORDS.dismissed, dismissals.length)}</p>` : nothing}</div><div class="actions">${button('', WORDS.again, () => lookAgain(desk))}${undoButtons(desk)}${publishButton(desk)}</div></header>
    ${waiting.length === 0 ? html`<p class="note">${WORDS.none}</p>` : nothing}${groupTips(toldBy(desk, waiting, dismissals)).map((group) => groupView(desk, group, words))}</main>`;
}

/** A tip, or why a card was not relevant, with the words by which it is grouped. */
interface Told extends Pick<Tip, 'id' | 'text' | 'occurredAt'> {
  readonly tip?: Tip;
  readonly dismissal?: Dismissal;
}

function toldBy(
  { state }: StudioDesk,
  tips: readonly Tip[],
  dismissals: readonly Dismissal[],
): readonly Told[] {
  const { reasons } = state.vocabulary.playbook;
  return [
    ...tips.map((tip) => ({ id: tip.id, text: tip.text, occurredAt: tip.occurredAt, tip })),
    ...dismissals.map((dismissal) => ({
      id: dismissal.id,
      text: dismissalText(dismissal, reasons),
      occurredAt: dismissal.occurredAt,
      dismissal,
    })),
  ];
}

/** Others may have sent some meanwhile. */
function lookAgain(desk: StudioDesk): void {
  const { tips } = desk.source;
  desk.work('tips', [{}], async () => ({
    tips: (await tips?.waiting()) ?? [],
    dismissals: (await tips?.dismissals?.()) ?? [],
  }));
}

/** Most of what many said in much the same words. */
const MOST_ROWS = 4;

function groupView(desk: StudioDesk, group: TipGroup<Told>, words: Words): unknown {
  const row = (one: Told): unknown =>
    one.tip
      ? tipView(desk, one.tip, words)
      : one.dismissal && dismissalView(desk, one.dismissal, words);
  // What waits for an answer stands before what only tells.
  const ordered = [...group.filter(({ tip }) => tip), ...group.filter(({ tip }) => !tip)];
  const shown = Math.max(MOST_ROWS, group.filter(({ tip }) => tip).length);
  const [first, rest] = [ordered.slice(0, shown), ordered.slice(shown)];
  return html`<section class="tip-group">${group.length > 1 ? html`<h2>${words.fill(WORDS.alike, { count: words.number(group.length) })}</h2>${answerAll(desk, group, words)}` : nothing}<ul>${first.map(row)}</ul>${
    rest.length > 0
      ? html`<details><summary>${words.fill(WORDS.more, { count: words.number(rest.length) })}</summary><ul>${rest.map(row)}</ul></details>`
      : nothing
  }</section>`;
}

/** One answer to all who said much the same. */
function answerAll(desk: StudioDesk, group: TipGroup<Told>, words: Words): unknown {
  const at = `all ${group[0]?.id}`;
  const isOpen = desk.state.open?.at === at;
  const toggle = (): void => desk.open(isOpen ? undefined : { at, typed: '', active: 0 });
  const send = async (because: string): Promise<void> => {
    for (const { id } of group) await settle(desk, id, { status: 'not-used', because }, '');
    desk.say(WORDS.declined);
  };
  return html`<div class="actions">${button('', words.fill(WORDS.declineAll, { count: words.number(group.length) }), toggle, { expanded: isOpen })}</div>${isOpen ? ownWords(WORDS.becauseAll, WORDS.sendAll, (because) => void send(because)) : nothing}`;
}

/** Why a card was not relevant, and where; nobody is told whose it was. */
function dismissalView(desk: StudioDesk, dismissal: Dismissal, words: Words): unknown {
  const { vocabulary, bench } = desk.state;
  const { id, play, reason, text, attributes, occurredAt } = dismissal;
  const { reasons } = vocabulary.playbook;
  const tip: Tip = {
    ...{ id, play, attributes, occurredAt, asker: '', signed: false, status: 'sent', steps: [] },
    // Of what has no own words the reason is all that there is to write down.
    text: text ?? dismissalText(dismissal, reasons),
  };
  const item = playOf(bench.items.values(), play);
  return html`<li class="tip dismissal">${text ? html`<blockquote>${text}</blockquote>` : nothing}<p>${words.fill(WORDS.notRelevant, { reason: dismissalText({ reason }, reasons) })}</p><p class="quiet">${whenceText(desk, tip, words)}</p>${settling(
    desk,
    tip,
    words,
    item
      ? button('', WORDS.openPlay, () => desk.go({ kind: 'play', id: item.id, form: 'sentence' }))
      : nothing,
  )}</li>`;
}

const playOf = (items: Iterable<Item>, play: string | undefined): Item | undefined =>
  [...items].find(({ file, data }) => file.startsWith('plays/') && data.id === play);

const tipView = (desk: StudioDesk, tip: Tip, words: Words): unknown =>
  html`<li class="tip"><blockquote>${tip.text}</blockquote><p class="quiet">${whenceText(desk, tip, words)}</p>${settling(desk, tip, words)}</li>`;

/** The ways out of the queue: into the playbook, with other words, or with an answer. */
function settling(desk: StudioDesk, tip: Tip, words: Words, more: unknown = nothing): unknown {
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
  return html`${
    taken
      ? html`<p>${words.fill(WORDS.inWork, { title: playTitle(taken.data.title) })}</p>`
      : html`<div class="actions">${button('', WORDS.content, () => take(contentOfTip(tip, author), WORDS.asContent))}${button('', WORDS.play2, () => take(playOfTip(tip, author), WORDS.asPlay))}${button('', WORDS.edit, () => toggle('edit'), { expanded: open?.at === form('edit') })}${button('', WORDS.decline, () => toggle('decline'), { expanded: open?.at === form('decline') })}${more}</div>${
          open?.at === form('edit')
            ? ownWords(
                WORDS.words,
                WORDS.keep,
                (text) => void settle(desk, tip.id, { status: 'edited', text }, WORDS.edited),
              )
            : open?.at === form('decline')
              ? ownWords(
                  WORDS.because,
                  WORDS.send,
                  (because) =>
                    void settle(desk, tip.id, { status: 'not-used', because }, WORDS.declined),
                )
              : nothing
        }`
  }`;
}

/** Who, when and where; of an anonymous tip nobody but its author knows whose it is. */
function whenceText(
  desk: StudioDesk,
  tip: Pick<Tip, 'occurredAt' | 'signed' | 'asker' | 'attributes' | 'play'>,
  words: Words,
): string {
  const { vocabulary, bench } = desk.state;
  const day = words.fullDay(words.dayOf(tip.occurredAt), true);
  const who =
    tip.signed && tip.asker
      ? words.fill(WORDS.signed, { name: personIn(desk, tip.asker), day })
      : words.fill(WORDS.anonymous, { day });
  const facts = Object.entries(tip.attributes).map(([id, value]) => {
    const attribute = vocabulary.attribute(id);
    const labels = [value]
      .flat()
      .map((one) => attribute?.values?.find((other) => other.id === one)?.label ?? String(one));
    return words.fill(WORDS.fact, { label: attribute?.label ?? id, value: labels.join(', ') });
  });
  const play = playOf(bench.items.values(), tip.play);
  return [
    who,
    ...(play ? [words.fill(WORDS.play, { play: playTitle(play.data.title) })] : []),
    ...(facts.length > 0 ? [words.fill(WORDS.situation, { list: facts.join('; ') })] : []),
  ].join('. ');
}

async function settle(
  desk: StudioDesk,
  id: string,
  change: Parameters<NonNullable<StudioDesk['source']['tips']>['settle']>[1],
  said: string,
): Promise<void> {
  const { tips } = desk.source;
  if (!tips) return;
  try {
    await tips.settle(id, change);
    desk.open(undefined);
    if (said) desk.say(said);
    lookAgain(desk);
  } catch (error) {
    desk.say(error instanceof Error ? error.message : String(error));
  }
}
