import { v as ContactPolicy, E as EndReason, u as Channel, P as Playbook, e as Explanation, b as Tip, c as TipStatus } from './playbook.js';
import { S as SourceFile, P as Problem } from './problem.js';
import { S as SubjectKey, R as RecordId, J as JsonObject, b as JsonValue, F as Fact } from './fact.js';
import { E as EnginePort } from './port-calls.js';
import { C as Changes } from './workbench.js';

/** More of somebody's attention asked for than a limit of the contact policy allows. */
interface Overrun {
    readonly limit: ContactPolicy['limits'][number];
    /** The first day on which most was asked for, `YYYY-MM-DD` in the company's zone. */
    readonly day: string;
    /** Touches that the limit counts on that day. */
    readonly demand: number;
}

/** One life of a play, as it would have been. */
interface Replayed {
    readonly play: string;
    readonly account: SubjectKey;
    readonly record: RecordId;
    /** Who would have seen it: the owner of the record, else of the account, at the end. */
    readonly owner?: RecordId;
    readonly begin: number;
    readonly end?: number;
    readonly ended?: EndReason;
    readonly trueSinceBefore?: boolean;
    /** How it touches the buyer; absent: it does not. */
    readonly touch?: Channel;
    /** Whom it touches, as picked when it opened; absent: nobody of the account in particular. */
    readonly contact?: RecordId;
}

/** A card that is open and would be shown, were it not for another one. */
interface Displacement {
    readonly play: string;
    readonly by: string;
}

/** What would have been otherwise, had another playbook been in force: of the plays that it changes, adds or takes away. */
interface Foresight {
    /** Epoch milliseconds. */
    readonly from: number;
    readonly until: number;
    /** The plays that differ, by id. */
    readonly plays: readonly string[];
    /** Cards that opened, by week from `from` on; the last week may be a shorter one. */
    readonly weeks: readonly {
        readonly before: number;
        readonly after: number;
    }[];
    readonly before: number;
    readonly after: number;
    /** Of the cards after: how many accounts and reps have some, the most that one rep has, and minutes of work in all. */
    readonly accounts: number;
    readonly reps: number;
    readonly mostOfOne: number;
    readonly minutes: number;
    /** Cards that another card would have kept back, under the second playbook alone, most often first. */
    readonly displaced: readonly (Displacement & {
        readonly times: number;
    })[];
    /** Whose attention would be asked for more often than the contact policy allows, under the second playbook alone. */
    readonly overruns: readonly (Overrun & {
        readonly who: SubjectKey;
    })[];
    /** The latest cards that only the second playbook has, newest first. */
    readonly examples: readonly Replayed[];
}

/** A record on which a play is tried. */
interface Candidate {
    readonly record: RecordId;
    readonly account: SubjectKey;
    readonly owner?: RecordId;
    readonly name?: string;
    readonly accountName?: string;
}

/** A value of one of the two attributes; `undefined` where nobody knows. */
interface CoverageValue {
    readonly value: string | boolean | undefined;
    readonly label: string;
}
/** A record in a cell. */
interface CoveredRecord {
    readonly record: RecordId;
    readonly account: SubjectKey;
    readonly owner?: RecordId;
    readonly name?: string;
    readonly accountName?: string;
    /** Open pipeline, in minor units of the playbook's currency. */
    readonly amount: number;
    /** How many plays have something to say there. */
    readonly plays: number;
}
/** How it stands with most of the pipeline in a cell; by number of records where there is no pipeline. */
type CellState = 'empty' | 'nothing' | 'some' | 'crowded';
interface CoverageCell {
    readonly row: number;
    readonly column: number;
    readonly state: CellState;
    readonly amount: number;
    /** Records, and those of them where the playbook has nothing to say and where five plays or more compete. */
    readonly count: number;
    readonly nothing: number;
    readonly crowded: number;
    /** The largest pipeline first. */
    readonly records: readonly CoveredRecord[];
}
/** Where the playbook speaks and where it does not, by two attributes. */
interface Coverage {
    /** What is counted: open opportunities where an attribute is theirs, else accounts. */
    readonly of: 'account' | 'opportunity';
    readonly currency: string;
    readonly rows: readonly CoverageValue[];
    readonly columns: readonly CoverageValue[];
    readonly cells: readonly CoverageCell[];
}

/**
 * How many Decisions would have been others under another playbook. One is taken whenever a card opens on an account under
 * either, as the owner of its record meets the account then, and one for each owner at the end.
 */
interface Effect {
    readonly decisions: number;
    readonly changed: number;
    /** The latest, newest first. */
    readonly examples: readonly ChangedDecision[];
}
interface ChangedDecision {
    /** Epoch milliseconds. */
    readonly at: number;
    readonly account: SubjectKey;
    readonly asker: RecordId;
    /** Plays whose cards only one of the two shows, in their order. Where neither has one, order or content differ. */
    readonly before: readonly string[];
    readonly after: readonly string[];
}

/** A play as its file says it, as plain values: `{ id: 'silent-buyer', about: 'opportunity', trigger: { becomes: … } }`. */
type PlayData = JsonObject;
/** Keys and positions from the top of an item to a place in it. */
type Path = readonly (string | number)[];

/** One thing that a playbook says and could leave out: a limit, a floor, a condition of a play, a play. */
interface Setting {
    readonly file: string;
    /** In the data of the file; empty: the play itself. */
    readonly path: Path;
    /** What stands there instead, where it cannot be left out. */
    readonly instead?: JsonValue;
}

/** What one setting does. */
type SettingEffect = 
/** The playbook cannot be without it. */
{
    readonly is: 'needed';
} | ({
    readonly is: 'found';
    readonly names: {
        readonly [account: string]: string;
    };
} & Effect);
interface EffectEngine {
    /**
     * How many Decisions of the last 90 days would have been others without a setting; undefined where the playbook has
     * errors. The playbook goes through the history at the first question. Rejects when it is stopped.
     */
    effect(files: readonly SourceFile[], setting: Setting, progress?: (share: number) => void, signal?: AbortSignal): Promise<SettingEffect | undefined>;
}

/** A share with its 95 % interval. */
interface Share {
    readonly of: number;
    readonly count: number;
    readonly low: number;
    readonly high: number;
}
/** What people did with cards: of a play, or with a piece of content. */
interface Figures {
    /** Id of the play or the content. */
    readonly id: string;
    /** Cards that a rep had before the eyes. */
    readonly seen: number;
    /** Answers that were not taken back, by kind; `not-relevant` by its reason as well: `not-relevant/wrongPerson`. */
    readonly answers: {
        readonly [kind: string]: number;
    };
    /** Of cards seen; undefined where too few were. */
    readonly done?: Share;
    readonly notRelevant?: Share;
    /** Of cards seen long enough ago. */
    readonly buyerActed?: Share;
    /** Of those who said whether it helped. */
    readonly helpful?: Share;
}
/** With how many cards of a play, or that bring a content, opened in the time that was tried, by rehearsal. */
type CountedFigures = Figures & {
    readonly opened: number;
};

/** One content as the model sees it. */
interface Tagged {
    readonly id: string;
    /** Its title on the first line, and what it says. */
    readonly text: string;
    readonly tags: Tags;
}
/** Values of choice, multi and boolean attributes and of content's own words; booleans are `true` and `false`. */
type Tags = {
    readonly [attribute: string]: readonly string[];
};
/** What content may be tagged with. */
interface TagAttribute {
    /** Qualified, or bare for content's own. */
    readonly id: string;
    readonly label: string;
    /** Other words for the attribute: what a boolean is called. */
    readonly synonyms?: readonly string[];
    /** Of a boolean: `true` and `false`. */
    readonly values: readonly {
        readonly id: string;
        readonly label: string;
        readonly synonyms?: readonly string[];
    }[];
}

/** A proposal that somebody took or refused, and the text that it was made for. */
interface Correction {
    readonly text: string;
    readonly attribute: string;
    readonly value: string;
    readonly taken: boolean;
}

/** Why a tag is proposed. */
type Reason = 
/** The value, its label or a synonym stands in the text, in these words. */
{
    readonly kind: 'names';
    readonly words: string;
}
/** Content with the same words has the tag. */
 | {
    readonly kind: 'like';
    readonly content: string;
    readonly words: readonly string[];
}
/** The words of the text that weigh most. */
 | {
    readonly kind: 'words';
    readonly words: readonly string[];
};

interface TagProposal {
    readonly attribute: string;
    readonly value: string;
    readonly probability: number;
    readonly because: readonly Reason[];
}
/** A 95 % interval. */
type Interval = readonly [low: number, high: number];
/** How the proposals for contents that were held out compare with the tags that these have. */
interface TagQuality {
    /** Of what was proposed, how much was right; undefined where too little was. */
    readonly precision: Interval | undefined;
    /** Of what was wanted, how much was proposed; undefined where too little was. */
    readonly recall: Interval | undefined;
    /** Contents. */
    readonly heldOut: number;
    /** Tags, as the next two. */
    readonly proposed: number;
    readonly right: number;
    readonly wanted: number;
}

/** What is learned from a library, and asked about a text. */
interface TagEngine {
    /** How right its proposals are. What was learned before counts no more. */
    learnTags(library: readonly Tagged[], attributes: readonly TagAttribute[], corrections: readonly Correction[]): Promise<TagQuality>;
    /** By what was learned last; nothing where nothing was. */
    proposeTags(text: string, having: Tags): Promise<readonly TagProposal[]>;
}

/** Something in the playbook that does nothing, or works against something else. */
interface Lying {
    readonly is: 'play' | 'content';
    readonly id: string;
    readonly file: string;
    readonly because: LyingReason;
}
type LyingReason = 
/** Nothing opened it in the time that was tried. */
{
    readonly kind: 'never-opened';
}
/** Wherever it stands now another is shown in its place, on this many records. */
 | {
    readonly kind: 'always-behind';
    readonly play: string;
    readonly records: number;
}
/** It says to do what another says to leave, on this many records now. */
 | {
    readonly kind: 'contradicts';
    readonly play: string;
    readonly records: number;
}
/** Nothing that opened in the time that was tried, this many cards, brings it. */
 | {
    readonly kind: 'never-brought';
    readonly cards: number;
}
/** So many cards that opened in the time that was tried bring it, and no rep has had it before the eyes. */
 | {
    readonly kind: 'never-seen';
    readonly cards: number;
}
/** Most of those who had it before their eyes set the card aside, or said that it did not help. */
 | {
    readonly kind: 'set-aside' | 'unhelpful';
    readonly share: Share;
}
/** What `check` says. */
 | {
    readonly kind: 'check';
    readonly code: string;
    readonly message: string;
    readonly remedy: string;
};

/** How many records meet a condition, of those that came to it. */
interface Count {
    readonly path: Path;
    readonly from: number;
    readonly meet: number;
}
interface PlayPreview {
    /** Records of the kind that the play is about. */
    readonly of: number;
    readonly counts: readonly Count[];
    readonly would: readonly Candidate[];
    readonly nearly: readonly (Candidate & {
        readonly but: Path;
        readonly explanation: Explanation;
    })[];
    /** The playbook's attributes, to word the explanations by. */
    readonly playbook: Playbook;
}
interface Checked {
    readonly problems: readonly Problem[];
    /** Absent when there is an error. */
    readonly playbook?: Playbook;
}
/** What would have been otherwise, with the names of what it is about. */
interface NamedForesight extends Foresight {
    readonly names: {
        readonly [id: string]: string;
    };
}
/** What lies idle in a playbook, and how its plays and its content did. */
interface Idle {
    readonly lying: readonly Lying[];
    readonly figures: readonly CountedFigures[];
    readonly contents: readonly CountedFigures[];
    /** To say them by their titles. */
    readonly playbook: Playbook;
}
/** What takes long: compiling all of a playbook, and trying it on real accounts. It runs beside the page. */
interface StudioEngine extends TagEngine, EffectEngine {
    check(files: readonly SourceFile[]): Promise<Checked>;
    /** Undefined where the settings, attributes or machines of the playbook have errors. `progress` is told the share done. */
    preview(files: readonly SourceFile[], play: PlayData, progress?: (share: number) => void): Promise<PlayPreview | undefined>;
    /** The last 90 days through two playbooks; undefined where one of them has errors. Rejects when it is stopped. */
    foresee(before: readonly SourceFile[], after: readonly SourceFile[], progress?: (share: number) => void, signal?: AbortSignal): Promise<NamedForesight | undefined>;
    /**
     * Where the playbook speaks and where it does not, by two attributes; undefined where it has errors, or one of them
     * cannot be mapped.
     */
    coverage(files: readonly SourceFile[], attributes: readonly [row: string, column: string], progress?: (share: number) => void): Promise<Coverage | undefined>;
    /** What does nothing, and what people did with cards; undefined where the playbook has errors. */
    idle(files: readonly SourceFile[], progress?: (share: number) => void): Promise<Idle | undefined>;
    /** What people did with cards that brought a content, by its id; undefined where no panel has told of one. */
    contentFigures(id: string): Promise<Figures | undefined>;
    /** All that is known of an account, of reps and of the company, in order. */
    factsOf(account: SubjectKey): Promise<readonly Fact[]>;
}
interface EngineOptions {
    /** In order of time. */
    readonly facts: readonly Fact[];
    /** Epoch milliseconds. */
    readonly now: number;
    /** `YYYY-MM-DD`: what has expired is judged on this day. */
    readonly today: string;
    /** Settles when the next slice of long work may begin. */
    readonly pause: () => Promise<void>;
}
declare function createEngine({ facts, now, today, pause }: EngineOptions): StudioEngine;

/** Addresses of what recognizes text: the program, and what it knows of a language, packed by gzip or not. */
interface PictureFiles {
    readonly program: string;
    readonly language: string;
}
type Fetch = (address: string) => Promise<Response>;
/**
 * Reads the text that is drawn in pictures, by Tesseract; in a worker. Its policy has to allow WebAssembly, and connections
 * to where the files of Tesseract are.
 */
declare function servePictures(port: EnginePort, fetch: Fetch): void;

/** Reads the text that is drawn in pictures. */
interface PictureReading extends PictureFiles {
    /** Starts a worker that calls `servePictures(self, fetch)`. */
    startWorker(): Worker;
}

/** A card that somebody held to be not relevant. Whose it was and who that was is not told. */
interface Dismissal extends Pick<Tip, 'id' | 'attributes' | 'occurredAt'> {
    readonly play: string;
    /** A reason of the playbook, by its id. */
    readonly reason: string;
    /** In own words. */
    readonly text?: string;
}

interface FileTextOptions {
    readonly signal?: AbortSignal;
    /** Told the share of the pages, or of the picture, that is read, 0 to 1. */
    readonly progress?: (share: number) => void;
    /**
     * Starts a worker that imports `pdfjs-dist/legacy/build/pdf.worker.mjs`. Without it PDF files are read in the page, which
     * stands still meanwhile, and a file that takes for ever cannot be stopped.
     */
    readonly startPdfWorker?: (() => Worker) | undefined;
    /** Reads what is drawn in pictures, and in pages of PDF files that are pictures. Without it that is not read. */
    readonly pictures?: PictureReading | undefined;
}

/** A playbook that was put in force, as it is listed. */
interface VersionNote {
    /** Counts from 1. */
    readonly number: number;
    readonly by: string;
    /** Epoch milliseconds. */
    readonly at: number;
    /** Who looked at it before it went live; absent where nobody had to. */
    readonly approvedBy?: string;
    /** It is that one again, to the byte. */
    readonly backTo?: number;
}
/** `Files` is what a place keeps them as. */
interface PublishedVersion<Files = PlaybookFiles> extends VersionNote {
    readonly files: Files;
}
/** A playbook that waits for a second person. */
interface Proposal<Files = PlaybookFiles> {
    readonly files: Files;
    readonly by: string;
    readonly at: number;
    /** The number of the version that was changed. */
    readonly base: number;
}
/** Everything that was ever in force, the live one last, and what waits to be. */
interface VersionLog<Files = PlaybookFiles> {
    readonly published: readonly PublishedVersion<Files>[];
    readonly proposal?: Proposal<Files>;
}
/** The log as a studio is told of it: with the files of what is live and of what waits, and of no earlier version. */
interface ToldLog {
    readonly published: readonly VersionNote[];
    readonly live?: PublishedVersion;
    readonly proposal?: Proposal;
}
/** Where versions are kept for one author. Each call gives what is there afterwards. */
interface StudioVersions {
    /** What is published is first looked at by somebody else. */
    readonly needsSecond: boolean;
    list(): Promise<ToldLog>;
    /** Those of one version that is listed. */
    filesOf(number: number): Promise<PlaybookFiles>;
    /** `base` is the number of the version that was changed. Rejects with `opportune/live-moved` when another is live. */
    publish(files: PlaybookFiles, base: number): Promise<ToldLog>;
    propose(files: PlaybookFiles, base: number): Promise<ToldLog>;
    /** The proposal of that moment goes live. */
    approve(at: number): Promise<ToldLog>;
    withdraw(at: number): Promise<ToldLog>;
    rollBack(number: number): Promise<ToldLog>;
}
/**
 * Versions for one author in a place that changes a log as a whole: `update` gives it what is there and keeps what it
 * returns, with nobody in between. `goLive` puts in force what the log says is live.
 */
declare function createVersions({ update, goLive, author, needsSecond, now, }: {
    readonly update: (change: (log: VersionLog) => VersionLog) => Promise<VersionLog>;
    readonly goLive: (files: PlaybookFiles) => Promise<void>;
    readonly author: string;
    readonly needsSecond: boolean;
    readonly now: () => number;
}): StudioVersions;

type PlaybookFiles = readonly SourceFile[];
/** Where a studio's playbook comes from and goes to, and what it is tried on. */
interface StudioSource {
    open(): Promise<OpenedPlaybook>;
    /**
     * Keeps what is not published yet, over a reload and a crash; `base` is the number of the version that it changes. Rejects
     * when it cannot.
     */
    keep(changes: Changes, base?: number): Promise<void>;
    /** Where drafts lie at two places: tells whether the last one lies at one of them alone. */
    watchKept?(told: (only: KeptOnly | undefined) => void): void;
    /** The accounts that plays are tried on, where they are not all. */
    sample?(): Promise<StudioSample>;
    readonly engine: StudioEngine;
    /** Puts the files in force; absent where only the folder is written. */
    publish?(files: PlaybookFiles): Promise<void>;
    /** What reads PDF files beside the page, and what is drawn in pictures; each is loaded with the first such file. */
    readonly readers?: Pick<FileTextOptions, 'startPdfWorker' | 'pictures'>;
    /** What reps told from their panels; absent where the studio is not connected to them. */
    readonly tips?: TipQueue;
    /** In place of `publish`: what was ever in force, reviews, and the way back. What is opened is the live one. */
    readonly versions?: StudioVersions;
}
/** In this browser alone: there is no connection, or another tab or device wrote meanwhile. */
type KeptOnly = 'offline' | 'parted';
interface StudioSample {
    readonly accounts: number;
    /** Those that the author may not see, and those beyond what a browser tries. */
    readonly leftOut: number;
}
/** Tips that wait for an answer. Of one that was sent without a name nobody is told whose it is. */
interface TipQueue {
    waiting(): Promise<readonly Tip[]>;
    /** Why cards were not relevant to reps, of late. */
    dismissals?(): Promise<readonly Dismissal[]>;
    /** What became of a tip, or of why a card was not relevant, which is a tip from then on. Its author is told. */
    settle(id: string, change: {
        readonly status: TipStatus;
        readonly text?: string;
        readonly because?: string;
    }): Promise<void>;
}
interface OpenedPlaybook {
    readonly files: PlaybookFiles;
    /** What was changed and not published when it was last open. */
    readonly kept?: Changes;
    /** The play to begin with: `plays/silent-buyer.yaml`. Absent, or not there: the list. */
    readonly at?: string;
    /** The number of the version that it changes, where there are versions. */
    readonly keptFrom?: number;
    /** Who writes: the owner of what is new. */
    readonly author: string;
    /** Epoch milliseconds: what previews call now. */
    readonly now: number;
}

export { createEngine as f, createVersions as g, servePictures as s };
export type { EngineOptions as E, OpenedPlaybook as O, PictureFiles as P, StudioEngine as S, TipQueue as T, VersionLog as V, PictureReading as a, PlaybookFiles as b, StudioSource as c, StudioVersions as d, ToldLog as e };
