import type { HistoryEntry } from '../domain/agent.js';
import type { Nothing } from '../domain/decision.js';
import type { Tip } from '../domain/tip.js';
import type { HistoryView, KindsView, NothingView, StepView, TipsView } from '../domain/view.js';
import { labelOf, valueText } from './condition-text.js';
import { clean } from './format.js';
import { sayAnswered, toRestText } from './life-text.js';
import type { Reading } from './reading.js';

/** What a tip may go with: more than these is a form nobody fills in. */
const MOST_TAGS = 8;

/** "Nothing worth doing here now": why, what happened last, and until when. */
export function toNothing(nothing: Nothing, { words, name, decision }: Reading): NothingView {
  const { strings } = words;
  const until = untilOf(nothing);
  const day = until === undefined ? undefined : words.day(words.dayOf(until));
  const ledger = nothing.verdict?.ledger;
  const contact = (ledger?.contact && decision.names?.[ledger.contact]) ?? name;
  const because = {
    rests: strings.nothingRests,
    'buyer-contacted-enough': words.fill(strings.nothingTouched, { name: clean(contact) }),
    answered: strings.nothingAnswered,
    holdout: words.fill(strings.nothingHoldout, { name }),
    'nothing-holds': strings.nothingHolds,
    'no-plays': '',
    'no-access': '',
  }[nothing.because];
  const alone = nothing.because === 'rests' || nothing.because === 'buyer-contacted-enough';
  return {
    title: strings.nothingTitle,
    text: day && alone ? `${because} ${words.fill(strings.leaveAlone, { name, day })}` : because,
    steps: [
      ...nothing.lately
        .map(({ at, text, grade }): StepView => {
          const when = words.when(Date.parse(at));
          return {
            text: words.phrase(text),
            meta: when,
            ...(grade && { strong: strings.grades[grade] }),
            state: 'done',
          };
        })
        .reverse(),
      ...(nothing.because === 'holdout'
        ? []
        : [
            {
              text: strings.lookAgain,
              meta: day ? words.fill(strings.lookAgainWhen, { day }) : strings.lookAgainSoon,
              state: 'to-come',
            } as const,
          ]),
    ],
  };
}

export function untilOf({ until }: Nothing): number | undefined {
  return until === undefined ? undefined : Date.parse(until);
}

export function toHistory(
  entries: readonly HistoryEntry[],
  { words, decision }: Reading,
): HistoryView {
  const { strings } = words;
  const open = new Set(decision.shown.map(({ opening }) => opening));
  return {
    steps: entries.map((entry) => {
      const { at, type, title, text, grade, opening, undone, response, restsUntil = 0 } = entry;
      const reason = words.phrase(text);
      const when = words.when(at);
      const answered = type === 'answered' && !undone && response !== undefined;
      const name =
        entry.asker === decision.asker ? strings.you : clean(entry.askerName ?? strings.aColleague);
      const said = answered
        ? sayAnswered(response, name, at, reason || strings.anotherReason, words)
        : words.fill(
            undone
              ? strings.takenBackAt
              : {
                  opened: strings.openedAt,
                  withdrawn: strings.withdrawnAt,
                  answered: strings.answeredAt,
                  expired: strings.expiredAt,
                }[type],
            { when },
          );
      const what = answered && restsUntil > words.now ? toRestText(said, restsUntil, words) : said;
      const because = answered ? '' : reason;
      return {
        text: words.phrase(title),
        meta: because ? words.fill(strings.because, { what, text: because }) : what,
        ...(grade && { strong: strings.grades[grade] }),
        state: type === 'opened' && open.has(opening) ? 'now' : 'done',
      };
    }),
  };
}

export function toTips(tips: readonly Tip[], reading: Reading): TipsView {
  const { words, decision } = reading;
  const { strings } = words;
  const matched = new Set(
    decision.shown.flatMap(({ contents }) => contents.flatMap((content) => content.matched)),
  );
  return {
    goesWith: Object.entries(decision.situation ?? {})
      .filter(([attribute]) => {
        const type = reading.attribute(attribute)?.type;
        return type === 'choice' || type === 'multi';
      })
      .map(([attribute, value]) => ({
        id: attribute,
        label: words.fill(strings.tipTag, {
          label: labelOf(attribute, reading),
          value: valueText(attribute, value, reading),
        }),
        checked: matched.has(attribute),
      }))
      .sort((a, b) => Number(b.checked) - Number(a.checked))
      .slice(0, MOST_TAGS),
    signer: clean(decision.names?.[decision.asker] ?? strings.you),
    tips: tips.map(({ id, text, status, steps }) => {
      const { because } = steps.find((step) => step.status === 'not-used') ?? {};
      return {
        id,
        text: words.fill(strings.quote, { text: clean(text) }),
        steps: steps
          .filter((step) => step.status !== 'not-used')
          .map((step, index, all): StepView => {
            const when = words.when(step.at);
            return {
              text:
                step.status === 'sent'
                  ? strings.tipYouSent
                  : step.status === 'edited'
                    ? words.fill(strings.tipEdited, { name: reading.who(step.by) })
                    : strings.tipLive,
              meta: step.status === 'published' ? words.fill(strings.tipSince, { when }) : when,
              state: status !== 'not-used' && index === all.length - 1 ? 'now' : 'done',
            };
          }),
        ...(status === 'not-used' && {
          verdict: because
            ? words.fill(strings.tipNotUsed, { because: clean(because) })
            : strings.tipNotUsedOnly,
        }),
      };
    }),
  };
}

/** The kinds of action that the plays in force have. */
export function toKinds(off: readonly string[], { playbook, words }: Reading): KindsView {
  const used = new Set(playbook.plays.map(({ action }) => action.kind));
  return {
    kinds: [...used].map((id) => ({
      id,
      label: words.strings.kindNames[id],
      on: !off.includes(id),
    })),
  };
}
