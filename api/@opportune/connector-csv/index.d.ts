/** `connection:type:id`, for example `demo:account:17`; the type is a {@link RecordKind}. */
type RecordId = string;
/** The id of a record that has a timeline of its own: an account, a contact, a rep, or {@link COMPANY}. */
type SubjectKey = RecordId;
type RecordKind = 'account' | 'contact' | 'opportunity' | 'rep' | 'product' | 'company';
/** What an attribute can hold. Money is in minor units of the playbook's currency; a date is `YYYY-MM-DD`. */
type AttributeValue = string | number | boolean | readonly string[];
type JsonValue = string | number | boolean | null | readonly JsonValue[] | {
    readonly [key: string]: JsonValue;
};
type JsonObject = {
    readonly [key: string]: JsonValue;
};

/** How well a fact is known, strongest first: the buyer did it, we saw it, somebody said it. */
declare const GRADES: readonly ["buyer-verified", "observed", "claimed"];
type Grade = (typeof GRADES)[number];
/**
 * Something that happened. A fact is appended once per subject and never edited.
 *
 * The type is a kebab-case name. Most types mean nothing to the agent and are read only by what a
 * playbook declares over them (`email-received`, `meeting-held`, `purchase`, ...). These have a meaning of their own:
 *
 * | type | data |
 * | --- | --- |
 * | `record-changed` | `{ values }`: attributes of `about[0]`, by bare id; `null` removes one. A child names its account in `subjects` |
 * | `record-deleted` | `{}`: `about[0]` is gone |
 * | `response` | {@link import('./response.js').ResponseData} |
 * | `tip` | `{ text, attributes, signed }` |
 * | `try-started` | `{ play, how, role, until, accounts }`, to the rep alone: which accounts are in which arm of it, for good |
 * | `try-ended` | `{ id, because }` |
 * | `seen` | `{ opening, draw, contents }`: a renderer put the card before the rep's eyes; of one that was drawn, among which others and how likely each was; ids of the content that it brought. A card that brings other content is seen anew |
 * | `bid`, `bid-withdrawn` | from an account to the ledger that a card would touch |
 * | `published` | `{ version }`: a playbook went live |
 * | `roll-out` | `{ showFrom }`: what held at a publish is shown from then on |
 * | `holdout-assigned` | `{ arm }`: `guided` or `holdout` |
 * | `arm-assigned` | `{ arm }`: `full`, `random`, `propensity` or `no-levers` |
 * | `learned` | `{ parameters }`, see {@link import('./parameters.js').Parameters}, to the company: what arbitration goes by from then on |
 * | `rate` | `{ from, to, rate }`: one unit of currency `from` is worth `rate` of `to`, from this day on |
 */
interface Fact {
    /** Unique for ever and given by the source, so that a redelivered fact is recognised. */
    readonly id: string;
    readonly type: string;
    /** The timelines it is folded into: account, contact, rep or company. At least one. */
    readonly subjects: readonly SubjectKey[];
    /** Every record it concerns, opportunities and products included. For record facts the first is the record itself. */
    readonly about: readonly RecordId[];
    /** Epoch milliseconds. Order is (occurredAt, id). */
    readonly occurredAt: number;
    /** Epoch milliseconds at which the agent was told. */
    readonly learnedAt: number;
    readonly grade: Grade;
    /** Who did it: a contact (the buyer acted) or a rep (the seller acted). */
    readonly by?: RecordId;
    /** The CRM record and field it was read from. */
    readonly source?: {
        readonly record: RecordId;
        readonly field?: string;
    };
    readonly data: JsonObject;
}

/** What a rep wants to do another way with a play, on half of some own accounts. */
interface TryPlan {
    /** In the rep's words: `open with the audit date`. Hostile: text. */
    readonly how: string;
    /** The role of the contact to turn to; absent: whom the play names. */
    readonly role?: string;
    /** From 1 to 6. */
    readonly weeks: number;
    /** At most so many, from 10 to 60. */
    readonly accounts: number;
}

/** What a rep did with a card. It hangs on (play, record), so that a correction never revives what was dismissed. */
type Response = 
/** The rep acts now. A touch claims its slot in the ledger first and is refused when there is none. */
{
    readonly kind: 'done';
    readonly outcome?: string;
    readonly answer?: AttributeValue;
}
/** It was done before, elsewhere: recorded, counted as a touch, never refused. */
 | {
    readonly kind: 'already-done';
} | {
    readonly kind: 'not-relevant';
    readonly reason: string;
    readonly text?: string;
}
/** `until` is a day, `YYYY-MM-DD`: it returns that day, only if it still holds. */
 | {
    readonly kind: 'snooze';
    readonly until: string;
} | {
    readonly kind: 'helpful' | 'not-helpful';
    readonly text?: string;
}
/** How a done action went, told afterwards: `spoke`, `left-message`, `no-answer`. */
 | {
    readonly kind: 'outcome';
    readonly outcome: string;
}
/** Takes back an earlier response, by its id. */
 | {
    readonly kind: 'undo';
    readonly of: string;
}
/** Begins a try of the rep's own with the card's play. It says nothing about this card, and nobody but the rep is told. */
 | ({
    readonly kind: 'try';
} & TryPlan)
/** Ends it, by the id of the request that began it. */
 | {
    readonly kind: 'end-try';
    readonly of: string;
};
/** `data` of a `response` fact. */
interface ResponseData {
    readonly play: string;
    readonly record: RecordId;
    readonly opening: string;
    readonly response: Response;
    readonly scope: 'rep' | 'record';
    readonly touch?: {
        readonly channel: string;
        readonly contact?: RecordId;
    };
    /** Epoch milliseconds until which the play rests on this record. */
    readonly restsUntil?: number;
    /** False: the card had closed before; kept as knowledge, nothing was carried out. */
    readonly executed: boolean;
}

/** Something a connector met and did not turn into a fact: where, and why. Nothing is dropped silently. */
interface Skipped {
    /** File and line, or object and id. */
    readonly place: string;
    /** The same words for the same cause, so that a report can count them. */
    readonly reason: string;
    /** What exactly was met. Hostile: text. */
    readonly detail?: string;
    /** `value`: the rest of the row was used. `gone`: it was there last time, and what was learned from it stays. */
    readonly part: 'file' | 'row' | 'value' | 'gone';
}
/** What became of one file or kind of object: read = used + skipped. */
interface Tally {
    readonly place: string;
    readonly read: number;
    readonly used: number;
    readonly skipped: number;
}
type Pulled = {
    readonly type: 'fact';
    readonly fact: Fact;
} | {
    readonly type: 'skipped';
    readonly skipped: Skipped;
} | {
    readonly type: 'tally';
    readonly tally: Tally;
} | {
    readonly type: 'repaired';
    readonly place: string;
    readonly from: string;
    readonly to: string;
}
/** How far it has come; `unit` says of what, and each unit counts by itself: objects, and records of the one being read. */
 | {
    readonly type: 'progress';
    readonly done: number;
    readonly total?: number;
    readonly unit: string;
}
/** What was pushed under this key came back, and no fact was made of it: the response is on record. */
 | {
    readonly type: 'returned';
    readonly key: string;
    readonly record: string;
}
/** Everything yielded before need not come again: keep it once that is stored, and go on from it with `changesSince`. */
 | {
    readonly type: 'position';
    readonly position: string;
};
/** Something may have changed, in this kind of object if one is named. It may come late, twice, or never. */
interface Hint {
    readonly object?: string;
}
/** What became of a response that was to be written back. */
type Pushed = 
/** `record`: the CRM's own id of what stands for it. `again`: it was there already, under the same key. */
{
    readonly status: 'written';
    readonly record: string;
    readonly again: boolean;
}
/** The CRM has no place for such a response: an opinion of a card, or one of another connection. */
 | {
    readonly status: 'not-written';
    readonly because: string;
};
/** How a written-back action reads in the CRM. */
interface PushOptions {
    /** One line for people, such as the name of the play. */
    readonly title: string;
    readonly text?: string;
    readonly signal?: AbortSignal;
}
/** What an attribute of the agent could be read from. */
interface DescribedField {
    readonly name: string;
    readonly label: string;
    /** What it can be mapped to; `other` is a kind that no attribute can hold. */
    readonly type: FieldType;
    /** The CRM's own name of the type: two of the same `type` may differ here. */
    readonly nativeType: string;
    readonly custom: boolean;
    readonly writable: boolean;
    /** For `choice` and `choices`: every value, inactive ones included. */
    readonly choices?: readonly {
        readonly value: string;
        readonly label: string;
        readonly active: boolean;
    }[];
    /** For `reference`: names of the objects that it may lead to. */
    readonly refersTo?: readonly string[];
    /** For `reference`: what a path through it begins with, such as `Owner` in `Owner.Name`. */
    readonly relationship?: string;
    /** Of how many in a hundred records looked at it is not empty, 0 to 1; absent: not looked at. */
    readonly filled?: number;
}
declare const FIELD_TYPES: readonly ["text", "number", "money", "boolean", "date", "time", "choice", "choices", "reference", "other"];
type FieldType = (typeof FIELD_TYPES)[number];
interface DescribedObject {
    readonly name: string;
    readonly label: string;
    readonly custom: boolean;
    /** What its records are to the agent; absent: none of its kinds, or not known. */
    readonly kind?: RecordKind;
    /** How many records the fill rates were found from. */
    readonly sampled: number;
    /** Those that this user may read. */
    readonly fields: readonly DescribedField[];
}
/** Who asks, what that allows, and how much of it is left. Never a token. */
interface Identity {
    readonly user: RecordId;
    readonly name: string;
    /** The company's id at the CRM. */
    readonly company: string;
    /** As the CRM names them; absent: it does not say. */
    readonly scopes?: readonly string[];
    readonly limits: readonly {
        readonly name: string;
        readonly max: number;
        readonly left: number;
    }[];
}
/** For a device that keeps some accounts and not all: those of one rep. */
interface AccountReading {
    /** The accounts that this rep owns, as far as the user who asks may see them. */
    own(rep: RecordId, options?: {
        readonly signal?: AbortSignal;
    }): Promise<readonly RecordId[]>;
    /** The account that a record is, or belongs to; undefined: there is none, or this user may not see it. */
    of(record: RecordId, options?: {
        readonly signal?: AbortSignal;
    }): Promise<RecordId | undefined>;
    /** All that belongs to these accounts and to no other. It gives no position. */
    pull(accounts: readonly RecordId[], options?: {
        readonly signal?: AbortSignal;
    }): AsyncIterable<Pulled>;
    /** From here `changesSince` tells what changes from now on, and the whole of what belongs to no account: reps, products. */
    begin(options?: {
        readonly signal?: AbortSignal;
    }): Promise<string>;
}
/**
 * Data in and out of one CRM.
 *
 * `pull` is what every connector has. Each optional method is a capability: it is there, or the CRM (or what this user
 * may do in it) has none, and the runtime asks `connector.push !== undefined` before it offers what rests on it. A
 * connector leaves the method out; it never has one that throws "not supported". The contract suite runs the cases of the
 * capabilities that it finds.
 *
 * Every method stops with the reason of its signal. What the CRM refuses for good is thrown as an
 * {@link import('../core/errors.js').OpportuneError} that says what to do; what may pass is retried within.
 */
interface Connector {
    readonly name: string;
    /** Everything there is. A connector that has `changesSince` ends with a position. */
    pull(options?: {
        readonly signal?: AbortSignal;
    }): AsyncIterable<Pulled>;
    /**
     * What changed since a position that this connector gave; a position of another is refused (`opportune/position`).
     * It reads a little of what was before again, since a CRM tells late what took long to save; such facts have
     * the ids that they had. Gone records are `record-deleted` facts, merged ones `merged`.
     */
    changesSince?(position: string, options?: {
        readonly signal?: AbortSignal;
    }): AsyncIterable<Pulled>;
    /** Hints that it is worth asking `changesSince` now. It may fall silent: asking at intervals is what misses nothing. */
    watch?(options: {
        readonly signal: AbortSignal;
    }): AsyncIterable<Hint>;
    /** Writes what a rep did back. The fact's id is the key: however often it is pushed, the CRM holds it once. */
    push?(response: Fact & {
        readonly data: ResponseData;
    }, options: PushOptions): Promise<Pushed>;
    /** What there is to map: those objects, or the ones that usually matter. */
    describe?(options?: {
        readonly objects?: readonly string[];
        readonly signal?: AbortSignal;
    }): Promise<readonly DescribedObject[]>;
    identity?(options?: {
        readonly signal?: AbortSignal;
    }): Promise<Identity>;
    readonly accounts?: AccountReading;
}

declare const COLUMN_TYPES: readonly ["text", "list", "number", "boolean", "date", "time", "money"];
type ColumnType = (typeof COLUMN_TYPES)[number];
/** How the text of a cell is to be read. */
interface CellColumn {
    readonly name: string;
    readonly line: number;
    readonly type: ColumnType;
    /** Repairs: what is written, and what it means. Everything else stays as it is. */
    readonly values: ReadonlyMap<string, string>;
    /** Any other value is reported and left out. */
    readonly choices?: readonly string[];
    /** Used for a cell without a value. */
    readonly otherwise?: string;
    readonly empty?: readonly string[];
    /** Of a date or time, in YYYY MM DD hh mm ss; absent: ISO 8601. */
    readonly format?: string;
    readonly decimal: '.' | ',';
    /** What one stands for: 1000000 for a column in millions. */
    readonly scale: number;
    readonly currency?: string;
    /** The column that holds the currency. */
    readonly currencyColumn?: string;
    /** Between the values of a list. */
    readonly separator: string;
}

/** Encodings that are read. `windows-1252` is what browsers and spreadsheets mean by Latin-1. */
declare const ENCODINGS: readonly ["utf-8", "utf-16le", "utf-16be", "windows-1252"];
type Encoding = (typeof ENCODINGS)[number];

/** How the files of one source folder become facts. It is written by a person, in YAML; see {@link parseCsvMap}. */
interface CsvMap {
    /** Where it was written, for messages. */
    readonly file: string;
    /** First part of every id. */
    readonly connection: string;
    /** Of days and times that name no zone. */
    readonly zone: string;
    /** ISO 4217, of money that names no currency. */
    readonly currency?: string;
    /** `YYYY-MM-DD` or ISO 8601: when the export was taken. */
    readonly asOf?: string;
    /** Texts that mean "no value", beside the empty one. */
    readonly empty: readonly string[];
    readonly grade: Grade;
    readonly files: readonly MappedFile[];
}
interface MappedFile {
    readonly name: string;
    /** In the mapping file. */
    readonly line: number;
    readonly optional: boolean;
    readonly encoding?: Encoding;
    readonly delimiter: string;
    readonly quotes: boolean;
    /** Columns that together name a row. */
    readonly key: readonly string[];
    readonly columns: ReadonlyMap<string, Column>;
    /** Columns without which a row is skipped. */
    readonly needs: readonly string[];
    readonly facts: readonly FactRule[];
}
interface Column extends CellColumn {
    readonly find?: Find;
}
/** The row of another file, or of this one, that the cell names. */
interface Find {
    readonly file: string;
    /** Its column that holds the name; absent: its key. */
    readonly by?: string;
    /** `exact`: to the letter. `name`: as a person would take it. `domain`: of an email or web address. See match-names.ts. */
    readonly match: 'exact' | 'name' | 'domain';
    /** From the row found, on over this column of it to the topmost: the ultimate parent. */
    readonly climb?: string;
}
/** One fact for each row to which it applies. */
interface FactRule {
    /** Part of the fact's id, unique in the file. */
    readonly name: string;
    readonly line: number;
    /** A `record-changed` fact of such a record. */
    readonly record?: RecordKind;
    /** Else the type of an activity. */
    readonly activity?: string;
    /** Columns of the record's id where it is not the row's key. */
    readonly key?: readonly string[];
    /** The column that names the account it belongs to. */
    readonly of?: string;
    readonly when: readonly When[];
    /** A column, or a `YYYY-MM-DD`; absent: when the export was taken. */
    readonly at?: string;
    /** A time that must not come later than `at`: a deal is not won before it was begun. */
    readonly after?: Source;
    readonly set: ReadonlyMap<string, Source>;
    /** Further records it concerns. */
    readonly about: readonly Reference[];
    readonly by?: Reference;
    readonly grade?: Grade;
}
interface When {
    readonly column: string;
    readonly in?: readonly string[];
    readonly missing?: boolean;
}
/** A record named by a column: its kind, and the column. */
interface Reference {
    readonly kind: RecordKind;
    readonly column: string;
}
/** Where a value comes from. */
type Source = {
    readonly column: string;
}
/** A column of the row that `through` has found. */
 | {
    readonly through: string;
    readonly column: string;
} | {
    readonly value: string | number | boolean;
}
/** Pieces of text and columns in turn. */
 | {
    readonly text: readonly (string | {
        readonly column: string;
    })[];
} | Reference;

/** What an import remembers: rows met, for the next import, and rows by name, for this one. */
interface RowMemory {
    /** A new import begins: what was noted before counts as the last one, and names are forgotten. */
    begin(): void;
    /** Notes that a row or fact is there with that content. */
    note(table: string, slot: string, content: string, line: number): Noted;
    /** Slots of the last imports that this one has not noted, in order. */
    gone(table: string): Iterable<string>;
    /** A second row of the same key is the same row. */
    put(table: string, name: string, row: NamedRow): void;
    /** In the order in which they were put; at most two, since two are already one too many. */
    find(table: string, name: string): readonly NamedRow[];
}
interface Noted {
    /** 1, and one more each time the content differs from the last import's. */
    readonly version: number;
    readonly before: 'none' | 'same' | 'other';
    /** Met before in this import: on which line, and with the same content or not. The first stays. */
    readonly repeats?: {
        readonly line: number;
        readonly same: boolean;
    };
}
interface NamedRow {
    readonly key: string;
    /** Cells that other rows read, by column. */
    readonly cells: {
        readonly [column: string]: string;
    };
}

/** A file as a host opens it. */
interface OpenedFile {
    readonly bytes: AsyncIterable<Uint8Array>;
    /** In bytes, for progress. */
    readonly size?: number;
    /** Epoch milliseconds. */
    readonly modifiedAt?: number;
}

/** A finding in a mapping file, as in a playbook: where, what, and what to do. */
interface MapProblem {
    readonly severity: 'error' | 'warning';
    readonly file: string;
    /** From 1. */
    readonly line: number;
    readonly message: string;
    readonly remedy: string;
}

interface ParsedMap {
    /** Absent when there are errors. */
    readonly map?: CsvMap;
    /** In order of lines. */
    readonly problems: readonly MapProblem[];
}
/** Reads and checks a mapping file; `file` is its name in messages. */
declare function parseCsvMap(text: string, file: string): ParsedMap;

interface CsvConnectorOptions {
    readonly name: string;
    readonly map: CsvMap;
    /** Opens a file of the source folder by its name in the map; undefined where there is none. It may be asked more than once. */
    readonly openFile: (name: string) => Promise<OpenedFile | undefined>;
    /** When the export was taken, in place of what the map says: `YYYY-MM-DD` or ISO 8601. */
    readonly asOf?: string;
    /** What earlier imports left; absent: this is the first, and nothing can be said of rows that are gone. */
    readonly memory?: RowMemory;
}
/**
 * Reads the files of one folder through a map. Every row is used or skipped with a reason; a tally for each file says how
 * many. Before anything is read, the beginnings of all files are checked: a column that is missing, a header that is
 * written twice, an encoding that is in doubt throws an {@link OpportuneError} (`opportune/csv-source`) that says what to do.
 *
 * The same files give the same facts with the same ids. With a memory, a row that changed since the last import gives a
 * further fact, and a row that is gone is told.
 */
declare function createCsvConnector(options: CsvConnectorOptions): Connector;

export { createCsvConnector, parseCsvMap };
export type { CsvConnectorOptions, CsvMap, MapProblem, NamedRow, Noted, OpenedFile, ParsedMap, RowMemory };
