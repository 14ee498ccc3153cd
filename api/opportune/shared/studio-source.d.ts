import { S as SourceFile, P as Problem } from './problem.js';
import { E as Explanation } from './pattern.js';
import { a as RecordId, S as SubjectKey, J as JsonObject, F as Fact } from './response.js';
import { b as Playbook } from './playbook.js';

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
/** What takes long: compiling all of a playbook, and trying it on real accounts. It runs beside the page. */
interface StudioEngine {
    check(files: readonly SourceFile[]): Promise<Checked>;
    /** Undefined where the settings, attributes or machines of the playbook have errors. `progress` is told the share done. */
    preview(files: readonly SourceFile[], play: PlayData, progress?: (share: number) => void): Promise<PlayPreview | undefined>;
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

/** One thing of a playbook that a person edits: a play, an attribute, a goal, the settings of a file. */
interface Item {
    /** `plays/silent-buyer.yaml`, or an entry of a list in a file: `attributes.yaml#attributes/opportunity.stage`. */
    readonly id: string;
    readonly file: string;
    /** The list that it is an entry of. */
    readonly list?: string;
    readonly data: JsonObject;
    /** What stands below the front matter of a Markdown file. */
    readonly body?: string;
}

/** Changed items by id; null for one that was taken away. What is kept while nothing is published. */
type Changes = {
    readonly [id: string]: Item | null;
};

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
    /** Who writes: the owner of what is new. */
    readonly author: string;
    /** Epoch milliseconds: what previews call now. */
    readonly now: number;
}

export { createEngine as c };
export type { Changes as C, EngineOptions as E, OpenedPlaybook as O, PlaybookFiles as P, StudioEngine as S, StudioSource as a };
