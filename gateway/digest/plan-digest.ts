import { type Card, type Decision, OpportuneError, type Playbook, type RecordId } from 'opportune';
import { createReading, createWords, toCardView, type Words } from 'opportune/view';
import { dateOfDay } from '../../src/core/zone.js';
import type { CardView, FactView } from '../../src/domain/view.js';
import type { DigestStrings } from './digest-strings.js';
import { oneLine } from './one-line.js';
import type { RecordLink } from './record-link.js';

/** More than a morning has room for is a list, and nobody's next action. */
const MOST_ITEMS = 5;
const MOST_TITLE = 200;
const MOST_TEXT = 500;
const MOST_PREHEADER = 140;

/** A morning mail in words: what any renderer draws. All text, nothing of it markup. */
export interface Digest {
  readonly rep: RecordId;
  /** `YYYY-MM-DD` where the rep is. */
  readonly date: string;
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly subject: string;
  readonly preheader: string;
  readonly heading: string;
  readonly day: string;
  /** Best first; at least one. */
  readonly items: readonly DigestItem[];
  /** What else is worth doing; absent: nothing. */
  readonly more?: string;
  readonly notes: readonly string[];
  readonly stop: string;
}

export interface DigestItem {
  /** The opening key of the card. */
  readonly card: string;
  readonly record: RecordId;
  readonly name: string;
  readonly title: string;
  readonly why: string;
  /** What the rep tries here, or that it is as usual, to compare. */
  readonly ownTry?: string;
  readonly changed?: {
    readonly label: string;
    readonly text: string;
    readonly when: string;
    readonly compared?: string;
  };
  readonly facts: readonly Pick<FactView, 'label' | 'strong' | 'text'>[];
  /** For a card that asks: what one tap in the panel answers. */
  readonly question?: string;
  /** The record in the CRM, with the panel beside it. Without `href` where the connection has no address. */
  readonly action: { readonly label: string; readonly href?: string };
}

export interface DigestInput {
  readonly rep: RecordId;
  /** One an account of the rep, made for this rep. What is snoozed, answered or held is not shown in them. */
  readonly decisions: readonly Decision[];
  readonly playbook: Playbook;
  readonly strings: DigestStrings;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The rep's. Times of what happened stay in the company's zone, as in the panel. */
  readonly zone: string;
  readonly link: RecordLink;
}

interface Choice {
  readonly card: Card;
  readonly decision: Decision;
}

/**
 * The best actions over all accounts of a rep: one an account as long as there are accounts, then their next ones. With
 * nothing worth doing there is no mail: one that says so is noise.
 * @throws OpportuneError `opportune/not-theirs` when a decision was made for somebody else.
 */
export function planDigest(
  input: DigestInput,
): Digest | { readonly nothing: true; readonly because: 'nothing-shown' } {
  const { rep, playbook, strings, now, zone } = input;
  const { chosen, others } = choose(input);
  const [first, ...rest] = chosen.map((choice) => toItem(choice, input));
  if (!first) return { nothing: true, because: 'nothing-shown' };
  const words = createWords(strings, { ...playbook, zone }, now);
  const today = words.dayOf(now);
  const accounts = new Set(others.map(({ decision }) => decision.account)).size;
  const { digest: texts } = strings;
  return {
    rep,
    date: dateOfDay(today),
    locale: strings.locale,
    direction: strings.direction,
    subject: oneLine(
      rest.length > 0
        ? words.count(texts.subject, rest.length, { name: first.name, title: first.title })
        : words.fill(texts.subjectOnly, { name: first.name, title: first.title }),
      MOST_TITLE,
    ),
    preheader: oneLine(toPreheader(first, rest, words, strings), MOST_PREHEADER),
    heading: texts.heading,
    day: words.fullDay(today),
    items: [first, ...rest],
    ...(others.length > 0 && {
      more: words.count(texts.more, others.length, {
        accounts: words.count(texts.inAccounts, accounts),
      }),
    }),
    notes: [
      ...([first, ...rest].some(({ action }) => action.href) ? [texts.buttons] : []),
      texts.whyYou,
    ],
    stop: texts.stop,
  };
}

function toPreheader(
  first: DigestItem,
  rest: readonly DigestItem[],
  words: Words,
  { digest }: DigestStrings,
): string {
  const [second, ...later] = rest;
  if (!second) return words.fill(digest.preheaderOnly, { why: first.why });
  return [
    words.fill(digest.preheader, { name: second.name, title: second.title }),
    ...later.map(({ name, title }) => words.fill(digest.subjectOnly, { name, title })),
  ].join(' · ');
}

function choose({ rep, decisions }: DigestInput): {
  readonly chosen: readonly Choice[];
  readonly others: readonly Choice[];
} {
  const leading: Choice[] = [];
  const following: Choice[] = [];
  const accounts = new Set<RecordId>();
  for (const decision of decisions) {
    if (decision.asker !== rep)
      throw new OpportuneError('opportune/not-theirs', 'a decision was made for another rep', {
        where: decision.account,
        remedy: 'Ask the agent to decide for the rep who gets the mail',
      });
    if (accounts.has(decision.account)) continue;
    accounts.add(decision.account);
    const [best, ...next] = [...decision.shown].sort((a, b) => a.rank - b.rank);
    if (best) leading.push({ card: best, decision });
    following.push(...next.map((card) => ({ card, decision })));
  }
  const all = [...leading.sort(compareChoices), ...following.sort(compareChoices)];
  return {
    chosen: all.slice(0, MOST_ITEMS).sort(compareChoices),
    others: all.slice(MOST_ITEMS),
  };
}

/** As the agent ranks the cards of one account: mandatory ones first, then by priority. */
function compareChoices({ card: a }: Choice, { card: b }: Choice): number {
  return (
    Number(b.mandatory ?? false) - Number(a.mandatory ?? false) ||
    b.arbitration.priority - a.arbitration.priority ||
    (a.opening < b.opening ? -1 : 1)
  );
}

function toItem({ card, decision }: Choice, input: DigestInput): DigestItem {
  const { playbook, strings, link } = input;
  const reading = createReading(decision, playbook, strings);
  const view = toCardView(card, reading);
  const href = link(card.record) ?? link(decision.account);
  const { changed } = view;
  return {
    card: view.id,
    record: card.record,
    name: toName(card, decision, reading.words, strings),
    title: oneLine(view.title, MOST_TITLE),
    why: oneLine(view.why, MOST_TEXT),
    ...(view.ownTry !== undefined && { ownTry: oneLine(view.ownTry, MOST_TEXT) }),
    ...(changed && {
      changed: {
        label: strings.digest.changed,
        text: oneLine(changed.text, MOST_TEXT),
        when: changed.when,
        // The bound of the trigger, which a panel draws, would be one more figure to read.
        ...(changed.compared &&
          card.changed?.compared && { compared: oneLine(changed.compared, MOST_TEXT) }),
      },
    }),
    facts: toFacts(view, card, strings),
    ...(view.options && { question: oneLine(view.options.question, MOST_TEXT) }),
    action: { label: oneLine(view.primary.label, MOST_TITLE), ...(href && { href }) },
  };
}

function toName(
  card: Card,
  { account, names = {} }: Decision,
  words: Words,
  strings: DigestStrings,
): string {
  const name = oneLine(names[account] ?? strings.thisRecord, MOST_TITLE);
  const record = card.record === account ? undefined : names[card.record];
  return record === undefined || card.record.split(':')[1] === 'contact'
    ? name
    : words.fill(strings.digest.recordOf, { account: name, record: oneLine(record, MOST_TITLE) });
}

/** What it is worth and how likely; of a required one that it is. Where the goals stand is the panel's to tell. */
function toFacts({ facts }: CardView, card: Card, strings: DigestStrings): DigestItem['facts'] {
  const wanted = card.mandatory ? [strings.goal] : [strings.worth, strings.chance];
  return facts
    .filter(({ label }) => wanted.includes(label))
    .map(({ label, strong, text }) => ({
      label,
      strong: oneLine(strong, MOST_TEXT),
      text: oneLine(text, MOST_TEXT),
    }));
}
