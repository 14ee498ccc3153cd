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

/** How the objects of a CRM become facts. It is written by a person, in YAML, or proposed and then looked through. */
interface FieldMap {
    /** Where it was written, for messages. */
    readonly file: string;
    /** First part of every id. */
    readonly connection: string;
    /** In which a day begins. */
    readonly zone: string;
    /** ISO 4217, of money in records that name no currency. */
    readonly currency?: string;
    /** Raised when the map says something else of records that did not change, so that what it says now counts. */
    readonly revision: number;
    readonly grade: Grade;
    readonly objects: readonly MappedObject[];
}
interface MappedObject {
    readonly name: string;
    /** In the mapping file. */
    readonly line: number;
    /** Where it is not there, nothing is read of it; absent: that is an error. */
    readonly optional?: boolean;
    readonly fields: ReadonlyMap<string, MappedField>;
    readonly facts: readonly FactRule[];
}
/** What is known of a field beyond what the CRM says. */
interface MappedField {
    readonly line: number;
    /** What it was when it was mapped; another type at the CRM is an error. */
    readonly type?: ColumnType;
    /** What is written, and what it means. Everything else stays as it is. */
    readonly values: ReadonlyMap<string, string>;
    /** Used where there is no value. */
    readonly otherwise?: string;
    /** The field that holds the currency of this money; absent: the record's own. */
    readonly currency?: string;
}
interface FactRule {
    /** Part of the fact's id, unique in the object. */
    readonly name: string;
    readonly line: number;
    readonly record?: RecordKind;
    readonly activity?: string;
    /** The field that names the record where it is not the one that is read: all that name the same one are told as one. */
    readonly into?: string;
    /** The account it belongs to: the first of these fields that has a value. */
    readonly of?: readonly string[];
    readonly when: readonly When[];
    /** When an activity happened. */
    readonly at?: string;
    readonly set: ReadonlyMap<string, Source>;
    readonly about: readonly Reference[];
    readonly by?: Reference;
    readonly grade?: Grade;
}
interface When {
    readonly field: string;
    readonly in?: readonly string[];
    readonly missing?: boolean;
}
/** A record that a field names; of several fields the first that has a value. */
interface Reference {
    readonly kind: RecordKind;
    readonly fields: readonly string[];
}
type Source = {
    readonly field: string;
} | {
    readonly value: string | number | boolean;
}
/** What several records say together: each value once, or their sum. */
 | {
    readonly each: 'list' | 'sum';
    readonly field: string;
} | Reference;

/** A finding in a mapping file, as in a playbook: where, what, and what to do. */
interface MapProblem {
    readonly severity: 'error' | 'warning';
    readonly file: string;
    /** From 1. */
    readonly line: number;
    readonly message: string;
    readonly remedy: string;
}

/** Time and chance, passed in so that tests need none of either. */
interface Timing {
    /** Epoch milliseconds. */
    now(): number;
    /** Rejects with the reason of the signal. */
    wait(ms: number, signal?: AbortSignal): Promise<void>;
    /** 0 to below 1. */
    random(): number;
}
declare const realTiming: Timing;

/** A record that HubSpot told something of. */
interface Touch {
    readonly id: string;
    /** Of the latest change of its associations, which leaves no stamp on the record; epoch milliseconds. */
    readonly linkedAt?: number;
    /** Of a record that is told of by those above it: which of them it was tied to, or is no more. */
    readonly above?: readonly string[];
    /** When it was erased for the law's sake: then nothing is left to read. */
    readonly erasedAt?: number;
}
interface HubspotInbox {
    /**
     * Takes in the body of a webhook whose signature was checked. Returns how many of its events were new. Throws
     * `opportune/webhook` when it is none, or of another account.
     */
    accept(body: string): number;
    /** What is told of an object and was not read since. */
    waiting(object: string): readonly Touch[];
    /** These were read. What came meanwhile stays. */
    done(object: string, touches: readonly Touch[]): void;
    /** A hint for each kind of object, as it comes. Rejects with the reason of the signal. */
    hints(signal: AbortSignal): AsyncGenerator<Hint>;
}
/**
 * What HubSpot tells by webhook, for a connector to read. It comes in no order, in batches and repeatedly; so nothing is
 * believed of what it says a value is: it says what to read.
 */
declare function createHubspotInbox(portal: number): HubspotInbox;

/** What HubSpot's client answers a sign-in with, as far as it is used. */
interface TokenResponse {
    readonly accessToken: string;
    readonly refreshToken?: string;
    /** Seconds. */
    readonly expiresIn: number;
}
/** `client.oauth.tokensApi` of HubSpot's client, as far as it is used. */
interface TokensApi {
    create(grantType: 'refresh_token', code: undefined, redirectUri: undefined, clientId: string, clientSecret: string, refreshToken: string): Promise<TokenResponse>;
}
interface HubspotToken {
    readonly accessToken: string;
    /** Epoch milliseconds; absent: it does not end. */
    readonly renewAt?: number;
    readonly endsAt?: number;
}
interface HubspotSession {
    /** `private`: of an app that the company made for itself; its token stays until somebody changes it. */
    readonly kind: 'oauth' | 'private';
    /** The token to use now, renewed before it ends. */
    token(): Promise<HubspotToken>;
    /** A newer token than this one, which was refused. */
    renew(stale: HubspotToken): Promise<HubspotToken>;
}
declare function createHubspotSession(options: {
    readonly token: TokenResponse;
    readonly renew: () => Promise<TokenResponse>;
    readonly now: () => number;
}): HubspotSession;
/** With the token of a private app, a service key, or any other that does not end. */
declare function createPrivateSession(accessToken: string): HubspotSession;
/** Renews by HubSpot's own client, and keeps the new refresh token where there is one. */
declare function renewByRefreshToken(tokensApi: TokensApi, app: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly refreshToken: string;
}, save: (refreshToken: string) => Promise<void>): () => Promise<TokenResponse>;

/** Stable across releases and across copies of the library; test this, never the class. */
type ErrorCode = `opportune/${string}`;
interface ErrorOptions {
    /** The file and line, play, attribute or record it is about. */
    readonly where?: string;
    /** What to do next. */
    readonly remedy?: string;
    readonly cause?: unknown;
}
/**
 * A mistake of a caller or an author. The message reads `where: what. remedy`.
 *
 *     throw new OpportuneError('opportune/unknown-attribute', '"account.arr" is not declared', {
 *       where: 'play "renewal"',
 *       remedy: 'Did you mean "account.arrMinor"?',
 *     });
 */
declare class OpportuneError extends Error {
    readonly code: ErrorCode;
    readonly where: string | undefined;
    readonly remedy: string | undefined;
    constructor(code: ErrorCode, what: string, options?: ErrorOptions);
}

/** Requests that the portal has used of its allowance, by all who use it. */
interface Usage {
    readonly used: number;
    readonly limit: number;
}
interface BudgetOptions {
    /** Reads what an answer says of the allowance; undefined when it says nothing. */
    readonly readUsage: (headers: Headers) => Usage | undefined;
    /** The share of the allowance that is left to the customer's other integrations, 0 to 1. */
    readonly leave: number;
}

interface RateLimitOptions {
    /** Requests begun in a second, on the long run. */
    readonly perSecond: number;
    /** Requests that may begin at once after a pause. */
    readonly burst: number;
    /** Requests under way at once. */
    readonly parallel: number;
}

interface RequestsOptions extends Timing {
    readonly fetch: typeof fetch;
    /** What this portal bears. */
    readonly rate: RateLimitOptions;
    readonly budget: BudgetOptions;
    /** Statuses and answers of this CRM that may pass, beside those that always may (408, 425, 429, 500, 502, 503, 504). */
    readonly mayPass?: (status: number, value: unknown) => boolean;
    /** How long this CRM wants to be left alone after such an answer, where it sends no `Retry-After`; milliseconds. */
    readonly retryAfter?: (status: number, value: unknown) => number | undefined;
    /** Attempts in all; 6. */
    readonly attempts?: number;
    /** For one attempt, its whole answer included; 120 s. */
    readonly timeoutMs?: number;
    /** An answer larger than this is refused; 64 MB. */
    readonly mostBytes?: number;
    /** What happens on the wire, for a log or a progress line. Paths come without their query. */
    readonly observe?: (event: RequestEvent) => void;
}
type RequestEvent = {
    readonly type: 'answered';
    readonly path: string;
    readonly status: number;
    readonly bytes: number;
} | {
    readonly type: 'failed';
    readonly path: string;
    readonly because: string;
} | {
    readonly type: 'waiting';
    readonly path: string;
    readonly ms: number;
};
interface RequestParts {
    readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
    readonly url: string;
    /** Asked for anew at each attempt, so that a token that was renewed meanwhile is used. */
    readonly headers: () => {
        readonly [name: string]: string;
    };
    /** Text: it is sent whole at every attempt. */
    readonly body?: string;
    readonly contentType?: string;
    readonly expects: 'json' | 'csv';
    /** Twice does what once does. Without it, an attempt whose fate is not known is not repeated. */
    readonly repeatable: boolean;
    readonly signal?: AbortSignal;
}
/** An answer that is whole, of the kind that was expected where it is a success. */
interface Reply {
    readonly status: number;
    readonly headers: Headers;
    /** JSON where the answer was JSON, else undefined. */
    readonly value: unknown;
    readonly text: string;
}
/** All that goes to one portal of a CRM, whoever asks. */
interface Requests {
    /**
     * Resolves with every answer that is final, refusals included. Throws `opportune/crm-unavailable` when there was none
     * after all attempts, `opportune/crm-busy` when the CRM or the budget asks to come back much later, and the reason of
     * the signal.
     */
    send(parts: RequestParts): Promise<Reply>;
    /** As the CRM last said; undefined: it has not said yet. */
    usage(): Usage | undefined;
}

/** An answer of HubSpot that is no. */
declare class HubspotRefusal extends OpportuneError {
    readonly status: number;
    /** `VALIDATION_ERROR`, `MISSING_SCOPES`, ... */
    readonly category: string;
    constructor(status: number, category: string, message: string, where: string);
}
/**
 * Requests as HubSpot wants them paced: so many in ten seconds, and searches by themselves. One for each account and app.
 * HubSpot's own client keeps one limit for the whole process, whichever account it is for.
 */
declare function createHubspotRequests(options: Pick<RequestsOptions, 'fetch' | 'now' | 'wait' | 'random' | 'observe' | 'attempts' | 'timeoutMs'> & {
    /** What the edition allows in ten seconds; 100. */
    readonly inTenSeconds?: number;
    /** The share of the day's requests that is left to others, 0 to 1; 0.2. */
    readonly leave?: number;
}): Requests;

interface ParsedFieldMap {
    /** Absent when there are errors. */
    readonly map?: FieldMap;
    /** In order of lines. */
    readonly problems: readonly MapProblem[];
}
/** Reads a mapping file and checks what can be checked without the CRM; `file` is its name in messages. */
declare function parseFieldMap(text: string, file: string): ParsedFieldMap;

/**
 * A mapping file to begin with, from what a CRM describes: its types, labels, other words for the same thing, how often
 * fields are filled, and the activities that every company keeps alike. Comments say what was found and what was not, for the
 * person who looks it through.
 */
declare function proposeFieldMap(objects: readonly DescribedObject[], { connection, zone, currency, }: {
    readonly connection: string;
    readonly zone: string;
    readonly currency: string;
}): string;

/**
 * For browsers: a `fetch` that carries nothing of the page or the person along, neither cookies nor where it was called
 * from, and that keeps nothing. A redirect that is not followed has no status there; here it is told as one.
 */
declare const browserFetch: typeof fetch;

/** The request of HubSpot's client, as far as it is used. */
interface RequestContext {
    getUrl(): string;
    setUrl(url: string): void;
}
/**
 * For the option `middleware` of HubSpot's client: it calls the dated paths in place of those of the third and fourth
 * version, which end in September and March 2027.
 */
declare function datedPaths(version: string): {
    pre<Context extends RequestContext>(context: Context): Promise<Context>;
    post<Context>(context: Context): Promise<Context>;
};

interface HubspotAccess {
    readonly session: HubspotSession;
    /** One for each account and app, however many connectors and users there are. */
    readonly requests: Requests;
    /** `https://api.hubapi.com` where it is not said. */
    readonly origin?: string;
    /** Such as `2026-03`: the dated paths are called. Absent: those of the third and fourth version, until they end in 2027. */
    readonly version?: string;
}
interface HubspotConnectorOptions extends HubspotAccess {
    readonly map: FieldMap;
    /** The property of tasks and notes that holds our key; see {@link prepareHubspot}. Absent: nothing is written back. */
    readonly keyProperty?: string;
    /** Whether a key is of what was pushed from here. What others pushed is then read as what they did; absent: every key is ours. */
    readonly wrote?: (key: string) => boolean;
    /** How often the whole list of deleted records is read; an hour with an inbox, each time without. */
    readonly listGoneEveryMs?: number;
    /** Where webhooks are taken in. Absent: nothing hints at changes, and changes of associations alone are not found. */
    readonly inbox?: HubspotInbox;
    readonly timing?: Timing;
}
/** HubSpot as facts, and what reps did back. See {@link Connector}. */
declare function createHubspotConnector(options: HubspotConnectorOptions): Connector;
/** Makes the property that holds our key in tasks and notes, where it is not there yet. */
declare function prepareHubspot(access: HubspotAccess, keyProperty: string, signal?: AbortSignal): Promise<void>;
/** Throws `opportune/push` where HubSpot itself would not keep a second record with our key from being made. */
declare const checkHubspotKey: (access: HubspotAccess, keyProperty: string) => Promise<void>;
/** Who has that email address at HubSpot; undefined: nobody. The token of an app says only who made it. */
declare function findHubspotUser(access: HubspotAccess, email: string, signal?: AbortSignal): Promise<{
    readonly id: string;
    readonly name: string;
} | undefined>;
/** Holds a map against HubSpot: every property that is not there, may not be read, or is of another type by now. */
declare function checkHubspotMap(access: HubspotAccess & {
    readonly map: FieldMap;
}): Promise<readonly MapProblem[]>;

export { HubspotRefusal, browserFetch, checkHubspotKey, checkHubspotMap, createHubspotConnector, createHubspotInbox, createHubspotRequests, createHubspotSession, createPrivateSession, datedPaths, findHubspotUser, parseFieldMap, prepareHubspot, proposeFieldMap, realTiming, renewByRefreshToken };
export type { FieldMap, HubspotAccess, HubspotConnectorOptions, HubspotInbox, HubspotSession, HubspotToken, MapProblem, ParsedFieldMap, Requests, Timing, TokenResponse };
