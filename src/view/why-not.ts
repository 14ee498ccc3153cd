import type { ArbitrationView, LedgerView, LifeView, Verdict } from '../domain/decision.js';
import type { Touch } from '../domain/subject.js';
import type { WhyNotItemView, WhyNotView } from '../domain/view.js';
import { timesOf, toReasons } from './by-factor.js';
import { needScale, type Pieces, pieces, toChangeText, toNeed } from './condition-text.js';
import { goalLabel } from './facts.js';
import { clean, plain } from './format.js';
import { toAnsweredText, toLifeText } from './life-text.js';
import { toWaiting } from './pattern-text.js';
import { openTitle, type Reading } from './reading.js';

type Why = Pick<WhyNotItemView, 'need' | 'scale' | 'touches' | 'change'>;

/** Nearest to the rep first: what waits for an event, or is another's, comes last. */
const ORDER = [
  'eligibility',
  'applicability',
  'suitability',
  'answered',
  'holdout',
  'contact-policy',
  'profit-gate',
  'arbitration',
  'trigger',
  'audience',
] as const;

/** Every play that is not shown, by the stage that stopped it: actual, required, smallest change. */
export function toWhyNot(reading: Reading): WhyNotView {
  const { decision, words } = reading;
  const { strings } = words;
  const verdicts = decision.verdicts.filter(({ stage }) => stage !== 'shown');
  return {
    count: words.count(strings.notShown, verdicts.length),
    groups: ORDER.flatMap((stage) => {
      const items = verdicts.filter((verdict) => verdict.stage === stage);
      return !items.length
        ? []
        : [
            {
              stage,
              title: strings.stages[stage],
              items: items.map((verdict) => toWhyNotItem(verdict, reading)),
            },
          ];
    }),
    note: strings.lookingChangesNothing,
  };
}

export function toWhyNotItem(verdict: Verdict, reading: Reading): WhyNotItemView {
  const life = tellsMore(verdict) ? toLifeText(verdict.life, reading) : '';
  return {
    play: verdict.play,
    record: verdict.record,
    title: reading.words.phrase(verdict.title),
    ...why(verdict, reading),
    ...(life && { life }),
  };
}

function why(verdict: Verdict, reading: Reading): Why {
  const { words, playbook } = reading;
  const { strings } = words;
  if (verdict.ledger) return ledgerWhy(verdict.ledger, verdict, reading);
  if (verdict.margin) {
    const { rate, required, priceMinor, neededPriceMinor } = verdict.margin;
    const scale = needScale(rate, required);
    return {
      need: pieces(words, strings.margin, {
        actual: words.percent(rate),
        needed: words.percent(required),
      }),
      ...(scale && { scale }),
      change: words.fill(strings.marginChange, {
        needed: words.money(neededPriceMinor),
        actual: words.money(priceMinor),
      }),
    };
  }
  if (verdict.stage === 'holdout') {
    return {
      need: plainPieces(
        words.fill(strings.holdoutNeed, {
          count: words.number(Math.round(1 / (playbook.holdout.rate || 1))),
        }),
      ),
      change: strings.holdoutChange,
    };
  }
  if (verdict.stage === 'arbitration' && verdict.arbitration) {
    return arbitrationWhy(verdict.arbitration, reading);
  }
  const change = changeText(verdict, reading);
  if (verdict.answered)
    return {
      need: plainPieces(toAnsweredText(verdict.answered, reading)),
      change: verdict.until ? change : '',
    };
  if (verdict.condition) return { ...toNeed(verdict.condition, reading), change };
  return { need: plainPieces(withoutCondition(verdict, reading)), change };
}

/** Whether where the play stands is news beside the stage that stopped it: that it is armed or rests goes without saying. */
function tellsMore(verdict: Verdict): verdict is Verdict & { readonly life: LifeView } {
  const { stage, life } = verdict;
  return stage === 'trigger' && life !== undefined && (life.state !== 'armed' || !!life.since);
}

function plainPieces(text: string): Pieces {
  return text ? [{ text, strong: false }] : [];
}

/** A play that no condition stopped: its event has not come, or it is for another reader. */
function withoutCondition(verdict: Verdict, reading: Reading): string {
  const { playbook, words } = reading;
  const { strings, fill } = words;
  const play = playbook.plays.find(({ id }) => id === verdict.play);
  if (verdict.stage === 'audience' && play) {
    const known: { readonly [role: string]: string } = {
      owner: strings.audienceOwner,
      team: strings.audienceTeam,
      partner: strings.audiencePartner,
    };
    return known[play.for] ?? fill(strings.audienceRole, { role: plain(play.for) });
  }
  const what = play && toWaiting(play.trigger, reading);
  return what ? fill(strings.waitsFor, { what }) : '';
}

function changeText({ change, until }: Verdict, reading: Reading): string {
  const { words } = reading;
  const { strings } = words;
  if (until) {
    return words.fill(strings.showsOn, { day: words.day(words.dayOf(Date.parse(until))) });
  }
  if (change === 'several') return strings.severalChanges;
  // That nobody had noted it would be no change to wish for.
  return change?.length && change.every(({ to }) => to !== undefined)
    ? toChangeText(change, reading)
    : '';
}

function ledgerWhy(ledger: LedgerView, verdict: Verdict, reading: Reading): Why {
  const { words } = reading;
  const { strings } = words;
  if (ledger.outbid) {
    return {
      need: plainPieces(
        words.fill(strings.outbid, { title: playTitle(ledger.outbid.play, reading) }),
      ),
      change: strings.outbidChange,
    };
  }
  const { used, limit, touches } = ledger;
  const days = words.count(strings.days, ledger.days);
  const channels: { readonly [channel: string]: string } = strings.channels;
  const channelOf = ({ channel }: Touch): string => channels[channel] ?? plain(channel);
  const by = (touch: Touch): string =>
    words.fill(strings.touchBy, {
      name: reading.who(touch.by),
      channel: channelOf(touch),
      day: words.day(words.dayOf(touch.at)),
    });
  const until = verdict.until ? words.dayOf(Date.parse(verdict.until)) : Number.NaN;
  const freed = touches.find(({ at }) => words.dayOf(at) + ledger.days === until);
  return {
    need: pieces(
      words,
      strings.touchesUsed,
      { actual: words.number(used), needed: words.number(limit) },
      { days },
    ),
    touches: { text: touches.map(by).join('; '), used, limit },
    change: freed
      ? words.fill(strings.showsAfterTouch, {
          day: words.day(until),
          days,
          channel: channelOf(freed),
          when: words.day(words.dayOf(freed.at)),
        })
      : changeText(verdict, reading),
  };
}

function arbitrationWhy(view: ArbitrationView, reading: Reading): Why {
  const { words, decision } = reading;
  const { strings } = words;
  const { vetoedBy, behind } = view;
  if (vetoedBy) {
    const goal = view.goals.find((share) => share.goal === vetoedBy);
    const { level, floor, unit } = goal ?? {};
    const figure = (value: number): string =>
      words.value(value, { type: 'number', ...(unit && { unit }) });
    if (level === undefined || floor === undefined) {
      return {
        need: plainPieces(words.fill(strings.vetoUnknown, { goal: goalLabel(vetoedBy, reading) })),
        change: '',
      };
    }
    const scale = needScale(level, floor);
    const label = goalLabel(vetoedBy, reading);
    return {
      need: pieces(
        words,
        strings.veto,
        { actual: figure(level), needed: figure(floor) },
        { goal: label },
      ),
      ...(scale && { scale }),
      change: words.fill(strings.vetoChange, { goal: label, needed: figure(floor) }),
    };
  }
  if (!behind) return { need: [], change: strings.nothingChanges };
  const title = playTitle(behind.play, reading);
  if (behind.why !== 'ranked-lower') {
    const text = behind.why === 'tried' ? strings.tried : strings.sameAction;
    return { need: plainPieces(words.fill(text, { title })), change: '' };
  }
  if (view.arm) {
    const holes = { title, order: strings.arms[view.arm], text: strings.armText };
    return { need: plainPieces(words.fill(strings.armBehind, holes)), change: '' };
  }
  const needed = view.priority + behind.lacks;
  const lever = view.product?.lever ?? 1;
  const scale = needScale(view.priority, needed);
  const leader = decision.shown.find(({ play }) => play === behind.play)?.goal?.label;
  return {
    need: pieces(words, strings.rankedLower, {
      actual: words.number(view.priority),
      needed: words.number(needed),
    }),
    ...(scale && { scale }),
    change: behind.logs
      ? words.fill(strings.rankedProduct, {
          title,
          actual: words.number(lever),
          // The next hundredth above, so that what is told is enough.
          needed: words.number((Math.floor(100 * lever * timesOf(behind.logs) + 1e-9) + 1) / 100),
          reasons: toReasons(behind.logs, words),
        })
      : leader
        ? words.fill(strings.rankedChange, { title, goal: clean(leader) })
        : words.fill(strings.rankedChangeOnly, { title }),
  };
}

/** The title of a play as this record shows it; else the play's own, with its holes open. */
function playTitle(id: string, { decision, playbook, words }: Reading): string {
  const filled =
    decision.shown.find(({ play }) => play === id) ??
    decision.verdicts.find(({ play }) => play === id);
  if (filled) return words.phrase(filled.title);
  return openTitle(id, playbook);
}
