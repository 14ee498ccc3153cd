import { p as ShownValue, t as LifeView, j as Nothing } from './shared/playbook.js';
import { FilledPhrase, Decision, Playbook, Attribute, Card, Verdict } from './index.js';
import { S as Strings, C as CardView, H as HistoryView, N as NothingView, P as PanelSource, W as WhyNotView, c as WhyNotItemView } from './shared/view.js';
export { E as ENGLISH, M as MaterialView, a as PanelSession, b as PanelView, R as ReceiptView, T as TriesView } from './shared/view.js';
import { AttributeValue, RecordId } from './index.js';
import { HistoryEntry, PanelAgent } from './index.js';
import { Store } from './index.js';
import './shared/response.js';

type Holes = {
    readonly [hole: string]: string;
};
/** Dates, amounts and sentences for one reader at one moment. */
interface Words {
    readonly strings: Strings;
    readonly now: number;
    /** The text with its holes filled. */
    fill(text: string, holes: Holes): string;
    /** The form of a text that goes with that count, which also fills the hole `{count}`. */
    count(text: string, count: number, holes?: Holes): string;
    number(value: number): string;
    /** To the cent, cents only where there are some. */
    money(minor: number): string;
    /** An estimate: two figures of it, and no cents. */
    roughly(value: number, unit?: string): string;
    /** `11%`, from a rate in [0, 1]. */
    percent(rate: number): string;
    /** `30 in 100`, from a rate in [0, 1]. */
    outOf(rate: number): string;
    time(at: number): string;
    /** Days since 1970-01-01 in the company's zone. */
    dayOf(at: number): number;
    /** `Tue 24 Nov`, or for a day gone by `5 Nov`; `today`. */
    day(day: number): string;
    /** `Tuesday 24 November`; with the short month where that is what can be seen. */
    fullDay(day: number, shortMonth?: boolean): string;
    weekday(day: number): string;
    /** Day of the month; with its month when that is new. */
    dayInRow(day: number, withMonth: boolean): string;
    /** `today 08:05`, else the day. */
    when(at: number): string;
    phrase(phrase: FilledPhrase): string;
    /** A type of activity that happened, in small letters: `proposal sent`. */
    event(type: string): string;
    /** `a, b, and c`. */
    list(values: readonly string[], either?: boolean): string;
    value(value: AttributeValue, about: Omit<ShownValue, 'value'>): string;
}
declare function createWords(strings: Strings, { zone, currency }: {
    readonly zone?: string;
    readonly currency?: string;
}, now: number): Words;

/** A decision with what is needed to put it into words. */
interface Reading {
    readonly decision: Decision;
    readonly playbook: Playbook;
    readonly words: Words;
    /** The name of the record in view. */
    readonly name: string;
    /** "you", a name, or "a colleague" for somebody the asker may not know. */
    who(id: RecordId | undefined): string;
    attribute(id: string): Attribute | undefined;
}
declare function createReading(decision: Decision, playbook: Playbook, strings: Strings): Reading;

/** A card as a panel draws it. Everything in it is text; nothing of it is markup. */
declare function toCardView(card: Card, reading: Reading): CardView;

/** Where a play stands on its record, as a sentence: `Done by you, 12 Nov; rests until 12 Dec.` */
declare function toLifeText({ state, since, until, ended, answered }: LifeView, reading: Reading): string;

/** "Nothing worth doing here now": why, what happened last, and until when. */
declare function toNothing(nothing: Nothing, { words, name, decision }: Reading): NothingView;
declare function toHistory(entries: readonly HistoryEntry[], { words, decision }: Reading): HistoryView;

/** Where answers wait: four methods of a {@link Store}. */
type QueueStore = Pick<Store, 'get' | 'put' | 'names' | 'drop'>;
interface Connection {
    readonly online: boolean;
    listen(changed: () => void): () => void;
}

interface PanelSourceOptions {
    /** Default: English. */
    readonly strings?: Strings;
    /** `every` runs a function again and again and returns how to stop it; without it nothing is retried by itself. */
    readonly clock: {
        now(): number;
        every?(ms: number, run: () => void): () => void;
    };
    /** Keeps answers over a reload until they are sent, under `queue/`. Without it they live as long as the page. */
    readonly store?: QueueStore;
    /** Without it the device counts as online, and an answer waits only when the agent cannot take it. */
    readonly connection?: Connection;
    /**
     * Lets one page at a time send what waits, where pages share the store:
     * `(run) => navigator.locks.request('opportune-answers', run)`. Without it two pages may both send an answer, which
     * harms nothing.
     */
    readonly alone?: (run: () => Promise<void>) => Promise<void>;
    /** Never the same twice, on any device. */
    newId(): string;
}
/** The views of a panel, made from an agent: it watches, words what it sees, and keeps answers safe until they are told. */
declare function createPanelSource(agent: PanelAgent, options: PanelSourceOptions): PanelSource;

/** Every play that is not shown, by the stage that stopped it: actual, required, smallest change. */
declare function toWhyNot(reading: Reading): WhyNotView;
declare function toWhyNotItem(verdict: Verdict, reading: Reading): WhyNotItemView;

export { CardView, HistoryView, LifeView, Nothing, NothingView, PanelSource, ShownValue, Strings, WhyNotItemView, WhyNotView, createPanelSource, createReading, createWords, toCardView, toHistory, toLifeText, toNothing, toWhyNot, toWhyNotItem };
export type { Connection, PanelSourceOptions, QueueStore, Reading, Words };
