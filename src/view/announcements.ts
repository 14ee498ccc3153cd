import type { FilledPhrase } from '../domain/decision.js';
import { sentence } from './card-view.js';
import { untilOf } from './lists.js';
import type { Reading } from './reading.js';
import type { Placed, Slot } from './slots.js';

/** What a screen reader says when a record opens. */
export function firstSaid(
  slots: readonly Slot[],
  reading: Reading,
  offlineSince: number | undefined,
): string {
  const { words, decision, name } = reading;
  const { strings } = words;
  const [first] = slots;
  const because = decision.nothing?.because;
  const text = first
    ? words.count(strings.sayFirst, slots.length, { name, title: inSentence(first, reading) })
    : because === 'no-plays'
      ? strings.noPlaysTitle
      : because === 'no-access'
        ? strings.noAccessTitle
        : nothingSaid(reading);
  return offlineSince === undefined
    ? text
    : `${words.fill(strings.offlineTitle, { time: words.time(offlineSince) })}. ${text}`;
}

/** What it says when a later decision differs: what came, what went, and that nothing is left. Empty when all is as it was. */
export function laterSaid({ slots, added, gone }: Placed, reading: Reading): string {
  const { words, decision } = reading;
  const { strings } = words;
  const said = gone.map(({ receipt }) =>
    [`${receipt?.text} ${receipt?.detail}`, receipt?.note ?? '']
      .filter(Boolean)
      .map(sentence)
      .join(' '),
  );
  for (const slot of added) {
    const { changed } = slot.view;
    const title = inSentence(slot, reading);
    said.push(
      changed
        ? words.fill(strings.sayNewChanged, {
            title,
            changed: lower(slot.card.changed?.text ?? [], bare(changed.text), strings.locale),
          })
        : words.fill(strings.sayNew, { title }),
    );
  }
  // After the rep's own last answer its confirmation is what counts, and "nothing" is no news.
  if (decision.nothing && gone.length && !slots.some(({ receipt }) => !receipt)) {
    said.push(nothingSaid(reading));
  }
  return said.join(' ');
}

function nothingSaid({ words, decision }: Reading): string {
  const { strings } = words;
  const until = decision.nothing && untilOf(decision.nothing);
  return until === undefined
    ? sentence(strings.nothingTitle)
    : words.fill(strings.sayNothingUntil, { day: words.fullDay(words.dayOf(until)) });
}

function inSentence({ card, view }: Slot, { words }: Reading): string {
  return lower(card.title, bare(view.title), words.strings.locale);
}

function bare(text: string): string {
  return text.replace(/\.$/, '');
}

/** Text that goes on in a sentence. A name or an abbreviation at its head keeps its capital: only the author's own words lose it. */
function lower(phrase: FilledPhrase, text: string, locale: string): string {
  return typeof phrase[0] === 'string' && /^\p{Lu}\p{Ll}/u.test(text)
    ? text.slice(0, 1).toLocaleLowerCase(locale) + text.slice(1)
    : text;
}
