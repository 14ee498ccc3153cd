import { S as SourceFile, P as Problem } from './problem.js';
import { e as EndReason, E as Explanation } from './pattern.js';
import { S as SubjectKey, a as RecordId, J as JsonObject, F as Fact } from './fact.js';
import { e as ContactPolicy, d as Channel, b as Playbook } from './playbook.js';
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

/** A play as its file says it, as plain values: `{ id: 'silent-buyer', about: 'opportunity', trigger: { becomes: … } }`. */
type PlayData = JsonObject;
/** Keys and positions from the top of an item to a place in it. */
type Path = readonly (string | number)[];

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
/** What takes long: compiling all of a playbook, and trying it on real accounts. It runs beside the page. */
interface StudioEngine extends TagEngine {
    check(files: readonly SourceFile[]): Promise<Checked>;
    /** Undefined where the settings, attributes or machines of the playbook have errors. `progress` is told the share done. */
    preview(files: readonly SourceFile[], play: PlayData, progress?: (share: number) => void): Promise<PlayPreview | undefined>;
    /** The last 90 days through two playbooks; undefined where one of them has errors. Rejects when it is stopped. */
    foresee(before: readonly SourceFile[], after: readonly SourceFile[], progress?: (share: number) => void, signal?: AbortSignal): Promise<NamedForesight | undefined>;
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

type PlaybookFiles = readonly SourceFile[];
/** Where a studio's playbook comes from and goes to, and what it is tried on. */
interface StudioSource {
    open(): Promise<OpenedPlaybook>;
    /** Keeps what is not published yet, over a reload and a crash. Rejects when it cannot. */
    keep(changes: Changes): Promise<void>;
    readonly engine: StudioEngine;
    /** Puts the files in force; absent where only the folder is written. */
    publish?(files: PlaybookFiles): Promise<void>;
}
interface OpenedPlaybook {
    readonly files: PlaybookFiles;
    /** What was changed and not published when it was last open. */
    readonly kept?: Changes;
    /** The play to begin with: `plays/silent-buyer.yaml`. Absent, or not there: the list. */
    readonly at?: string;
    /** Who writes: the owner of what is new. */
    readonly author: string;
    /** Epoch milliseconds: what previews call now. */
    readonly now: number;
}

export { createEngine as c };
export type { EngineOptions as E, OpenedPlaybook as O, PlaybookFiles as P, StudioEngine as S, StudioSource as a };
