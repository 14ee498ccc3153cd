import { R as RecordId, G as Grade } from './fact.js';
import { s as ActionKind, i as MarkdownNode } from './playbook.js';
import { c as TryPlan } from './response.js';

/**
 * Every text a person reads in a panel, in one table: a translation is another value of this type. `{name}` is a hole.
 * Forms that depend on a count stand in one text, divided by `|`, in the order zero, one, two, few, many, other, and
 * only those the language has: English has two, Japanese one, Arabic six. A note says where a text stands and what goes in.
 */
declare const ENGLISH: {
    /** Language tag for dates, numbers and plurals. */
    readonly locale: "en";
    /** `ltr` or `rtl`. */
    readonly direction: "ltr";
    /** Heading of the panel and its name for a screen reader. */
    readonly panelTitle: "Next best action";
    readonly more: "More";
    /** Name of the arrow that leaves a view inside the panel. */
    readonly back: "Back to the actions";
    readonly snooze: "Snooze…";
    readonly notRelevant: "Not relevant…";
    readonly undo: "Undo";
    readonly copy: "Copy";
    readonly copied: "Copied";
    readonly open: "Open";
    readonly useThis: "Use this";
    readonly evidence: "Evidence";
    readonly helpfulQuestion: "Was this helpful?";
    readonly yes: "Yes";
    readonly no: "No";
    readonly addTip: "Add a tip";
    readonly tryNow: "Try now";
    readonly whatWentWrong: "What went wrong";
    readonly cannotCopy: "It could not be copied. Select the text instead.";
    readonly cannotRead: "This could not be read. Go back and try again.";
    /** Above the reasons, and the name of their group. */
    readonly whyNotRelevant: "Why? One click answers, and you can undo it.";
    readonly anotherReason: "Another reason";
    readonly anotherReasonLabel: "What is the reason?";
    readonly send: "Send";
    readonly skip: "Skip";
    /** Above the days of a snooze, and the name of their group. */
    readonly showAgainOn: "Show it again on";
    readonly anotherDay: "Another day";
    /** On the button that takes the day in the field "Another day". */
    readonly setDay: "Set";
    readonly returnsOnlyIf: "It returns that day only if it still holds.";
    /** `{name}` is the record's name; shown when reading takes more than 300 ms. */
    readonly reading: "Reading {name}…";
    readonly readingRecord: "Reading the record…";
    readonly whyNot: "Why not?";
    readonly findAction: "Find an action";
    /** Button under a group of "Why not?". */
    readonly showMore: "Show {count} more";
    readonly lookingChangesNothing: "Looking here changes nothing.";
    readonly nothingFound: "No action has these words.";
    readonly history: "What happened here";
    readonly historyEmpty: "Nothing happened here yet.";
    readonly kinds: "Kinds of action I see";
    readonly kindsNote: "This is your own setting. Required actions always show.";
    readonly howNumbers: "How these numbers are made";
    /** The view of that name, a line a paragraph. */
    readonly numbers: "Chance: of 100 buyers in this situation, how many act after such an action, by your own records. Until there are enough we say “No number yet”, and what the author of the play expects.\nWorth: what the action adds if the buyer acts, times the chance. “Likely”: nine times in ten the true figure lies there.\nGoal: each counts by its weight. Below its floor nothing that hurts it is shown, above its target it earns no more.\nOnly what the buyer does counts as success, not what you click.";
    readonly tips: "Tips";
    readonly myTips: "My tips";
    readonly tipQuestion: "What works here?";
    readonly tipGoesWith: "Goes with";
    readonly tipSign: "Sign it";
    readonly tipAnonymous: "Anonymous";
    readonly sendTip: "Send tip";
    readonly tipSent: "Thank you. You will see here what becomes of it.";
    readonly becameOfTips: "What became of your tips";
    readonly noTips: "You have sent no tips yet.";
    /** On a card, and the question that it opens. */
    readonly tryAnother: "Try it another way";
    readonly tryQuestion: "What will you do differently?";
    readonly tryTurnTo: "Turn to";
    /** The first choice of that: as the play has it. */
    readonly tryAsEver: "as always";
    readonly tryFor: "For";
    readonly tryOn: "On";
    readonly tryWeeks: "{count} week|{count} weeks";
    readonly tryAccounts: "up to {count} account|up to {count} accounts";
    readonly tryStart: "Start the try";
    readonly tryNote: "Your smallest accounts without an open deal take part. Half of them, drawn by lot, get it the new way. Only you see it, and what buyers do decides.";
    readonly tryStarted: "Your try has begun. “My tries” tells how it stands.";
    readonly tryQueued: "It begins when you are online again.";
    readonly noTryTitle: "Your try did not begin";
    readonly noTry: {
        readonly 'too-many': "Two tries may run at once, each with an action and accounts of its own. “My tries” ends one.";
        readonly 'too-few': "It takes ten of your own accounts without an open deal.";
        readonly 'not-this-card': "What is required or asked for by the buyer is not for trying.";
    };
    /** On a card, what the rep tries and on the accounts that it is compared with. */
    readonly tryNew: "Your try: {how}";
    readonly tryUsual: "As usual (your try compares)";
    readonly myTries: "My tries";
    readonly noTries: "You have tried nothing yet. “Try it another way” is on the cards.";
    readonly tryEnd: "End it";
    readonly tryOffer: "Offer it as a tip";
    /** Of a try: since when, and until when. */
    readonly trySpan: "{from} to {until}";
    readonly tryDealt: "Accounts: {new} the new way, {usual} as usual.";
    readonly tryNobody: "Of nobody the time to act is over yet.";
    readonly tryCounts: "New way: {new}. As usual: {usual}.";
    /** Of so many accounts in one half. */
    readonly tryActed: "{acted} of {count} buyer acted|{acted} of {count} buyers acted";
    readonly tryDifference: "Difference: {value} in 100, from {low} to {high}, however often you look.";
    readonly tryWaiting: "Of {count} more the time is not over.";
    readonly tryMore: "Not enough yet, about {count} more account|Not enough yet, about {count} more accounts";
    readonly tryVerdicts: {
        readonly better: "Better than as usual";
        readonly worse: "Worse than as usual";
        readonly 'no-difference-that-matters': "No difference that matters";
        readonly 'not-enough-yet': "Not enough yet";
    };
    readonly tryStopped: {
        readonly rep: "You ended it.";
        readonly guardrail: "It ended by itself: what must not become more frequent did, the new way.";
        readonly 'sample-ratio': "It ended by itself: one half came in more often than was dealt out.";
    };
    readonly noPlaysTitle: "No plays here yet";
    readonly noPlays: "Your team is still writing them. Nothing is wrong with this account.";
    readonly noPlaysTip: "Know what works with accounts like this one? A tip from you can become the first play.";
    readonly noAccessTitle: "No guidance for this record";
    /** The same whether the record is hidden from the rep or does not exist: it must not tell which. */
    readonly noAccess: "Guidance shows on records that you can open in the CRM.";
    /** Under the answers that wait. */
    readonly waitingNote: "Back online, we check that each still holds before anything happens.";
    readonly day: "{day} {month}";
    readonly dayAhead: "{weekday} {day} {month}";
    readonly dayYear: "{day} {month} {year}";
    /** A moment of this day: `today 08:05`. */
    readonly today: "today {time}";
    readonly todayOnly: "today";
    /** Around somebody's own words. */
    readonly quote: "“{text}”";
    readonly ratio: "{count} in {of}";
    readonly yesValue: "yes";
    readonly noValue: "no";
    /** After a number of days. */
    readonly days: "{count} day|{count} days";
    readonly asOf: "as of {time}";
    readonly trueSinceBefore: "true since before";
    /** Under the tick of the scale; `{value}` is the number at which the play opens. */
    /** What happened, for "what changed", with a capital in front: `Proposal sent 13 Nov, no call since`. */
    readonly eventAt: "{event} {when}";
    readonly noneSince: "{what}, no {event} since";
    readonly timesSince: "{event}, {count} time since {when}|{event}, {count} times since {when}";
    /** `{text}` tells the state of a machine, `{from}` is the state before. */
    readonly stateFrom: "{text} (before: {from})";
    readonly opensAt: "Shows from {value} on";
    readonly opensBelow: "Shows at {value} or less";
    readonly touchCount: "{name}: this would be touch {count} of {limit} in {days}";
    readonly goal: "Goal";
    readonly worth: "Worth";
    readonly chance: "Chance";
    readonly putsOff: "Puts off";
    readonly aheadOf: "Ahead of";
    readonly costs: "Costs";
    readonly order: "Order";
    readonly required: "Required";
    readonly requiredText: "Comes first, whatever the goals";
    readonly buyerAsked: "The buyer asked for it";
    /** `{level}`, `{floor}` and `{target}` are figures of a goal. */
    readonly goalBelowFloor: "{level}, below our floor of {floor}";
    readonly goalAboveFloor: "{level}, above our floor of {floor}";
    readonly goalAboveTarget: "{level}, at or above our target of {target}";
    readonly goalLevel: "{level} now";
    readonly goalUnknown: "Its level here is not known";
    /** Why the first card is first; `{text}` is one of the four above. */
    readonly goalFirst: "Comes first: {text}";
    readonly worthExpected: "About {amount} expected";
    readonly range: "Likely {low} to {high}";
    readonly worthIf: "{amount} if the buyer acts";
    readonly worthGuess: "The author’s figure, nothing is measured yet";
    readonly worthHurts: "Costs {amount} of {goal}";
    readonly noNumber: "No number yet";
    readonly chanceStrong: "About {ratio} act on it";
    readonly chanceFrom: "From one similar case|From {count} similar cases";
    readonly chanceGuess: "The author of the play expects about {ratio}";
    readonly amountFor: "{amount} for {goal}";
    /** Where a part of the ranking is left out to measure it. */
    readonly arms: {
        readonly random: "By lot";
        readonly propensity: "By likelihood alone";
        readonly 'no-levers': "Without weights set by hand";
    };
    readonly armText: "Part of measuring what the order of cards adds. What shows is worth doing.";
    /** `{order}` is one of `arms`. */
    readonly armBehind: "“{title}” comes first. Order here: {order}. {text}";
    /** What a card takes of rep and buyer: `{channel}` is one of `channels`. */
    readonly costsBoth: "{minutes} and one {channel}";
    /** What that is worth: amounts, or units of priority. */
    readonly costsAmount: "{minutes} for the minutes, {touch} for the touch";
    readonly costsMinutes: "{minutes} for the minutes";
    readonly inPriority: "{amount} of priority";
    /** `{amount}` is one of those. */
    readonly costsDeclared: "{amount}, as the playbook declares";
    readonly costsPriced: "{amount}, by what it brings elsewhere in {count} plan of a day|{amount}, by what it brings elsewhere in {count} plans of a day";
    readonly costsNothing: "The playbook counts no cost for it";
    /** Where priorities are products: `{times}` is their ratio, `{reasons}` are the two that follow. */
    readonly aheadBy: "{times} times its priority. {reasons}";
    /** `{factors}` are names of `factors`, each with its share. */
    readonly speaksFor: "For it: {factors}.";
    readonly speaksAgainst: "Against it: {factors}.";
    readonly factors: {
        readonly propensity: "chance";
        readonly context: "what fits here";
        readonly value: "worth";
        readonly lever: "lever";
    };
    /** Who a piece of evidence came from, what it is, and when: `Tom Okafor, note, 28 Oct`. */
    readonly evidenceMeta: "{who}, {type}, {when}";
    readonly evidenceEvent: "{who}, {when}";
    readonly evidenceMetaNobody: "{type}, {when}";
    readonly alreadyDone: "Already done";
    readonly hidesMixed: "Hides this for {name} only. Your team keeps the play.";
    readonly hidesForRep: "Hides this for you, on {name} only.";
    readonly hidesForAll: "Hides this for everybody, on {name} only.";
    readonly you: "you";
    readonly aColleague: "a colleague";
    /** In place of the record's name where it is not known. */
    readonly thisRecord: "this record";
    readonly theBuyer: "the buyer";
    readonly hiddenFor: "Hidden for {name}:";
    readonly hiddenScopeRep: "Your colleagues still see it.";
    readonly hiddenScopeRecord: "Nobody on your team sees it on {name}.";
    readonly snoozedUntil: "Snoozed until {day}:";
    readonly alreadyDoneReceipt: "Noted as done before";
    readonly optionReceipt: "Noted:";
    readonly outcomeQuestion: "How did it go?";
    readonly spoke: "We spoke";
    readonly leftMessage: "Left a message";
    readonly noAnswer: "No answer";
    readonly successNote: "Only what {name} does now counts as success.";
    /** What became of an answer in the CRM; with why not, by `because`. */
    readonly written: {
        readonly waiting: "On its way to {crm}";
        readonly written: "Written to {crm}";
        readonly 'not-written': "Not written to {crm}";
        readonly kept: "On this device only";
    };
    readonly withdrawn: "Withdrawn:";
    readonly expired: "Expired:";
    /** Answered on another screen. */
    readonly answered: "Answered:";
    /** The answer came after the card had closed; `{when}` and `{because}` say when and why it did. */
    readonly closedReceipt: "Recorded, not carried out:";
    readonly closedNote: "It had closed ({when}): {because}. Look before you act.";
    readonly closedNoReason: "it no longer held";
    readonly noSlotReceipt: "Not carried out:";
    readonly noSlotNote: "The last free touch went to {name}. Free again {when}.";
    readonly unknownNote: "This card is not known here any more.";
    /** An answer in the list of those that wait: the card's title and what was answered. */
    readonly waitDone: "{title}: done";
    readonly waitHidden: "{title}: {reason}";
    readonly waitSnoozed: "{title}: snoozed to {day}";
    readonly waitOther: "{title}: answered";
    readonly waitUndo: "{title}: taken back";
    readonly waitingLabel: "{count} answer waits to be sent|{count} answers wait to be sent";
    readonly nothingTitle: "Nothing worth doing here now";
    readonly nothingRests: "You chose to rest this.";
    readonly nothingTouched: "{name} has heard from us enough.";
    readonly nothingAnswered: "You have answered everything here.";
    readonly nothingHolds: "No play fits the situation today.";
    readonly nothingHoldout: "No guidance here by design: {name} is kept aside, so that we can measure what guidance adds.";
    readonly leaveAlone: "Leave {name} alone until {day}.";
    readonly lookAgain: "We look again";
    readonly lookAgainWhen: "{day}, or as soon as something changes";
    readonly lookAgainSoon: "As soon as something changes";
    readonly offlineTitle: "Offline since {time}";
    readonly offlineText: "Go on working. What you answer is recorded here and sent later.";
    /** The CRM does not answer the gateway: `{time}` is until when all of it is known. */
    readonly oldTitle: "CRM data as of {time}";
    readonly errorTitle: "No guidance since {time}";
    readonly errorText: "Your CRM works as usual.";
    readonly errorRetry: "Your CRM works as usual. We try again at {time}.";
    readonly lastSeen: "Last seen at {time}, may be out of date";
    readonly whyNotOther: "Why not the other {count}?";
    readonly whyNotAll: "Why not? {count} action|Why not? {count} actions";
    readonly notShown: "{count} not shown";
    /** `{label}` is an attribute, `{actual}` and `{needed}` are values. */
    readonly need: "{label}: {actual}, needs {needed}";
    readonly notKnown: "not known";
    readonly atLeast: "{value} or more";
    readonly atMost: "{value} or less";
    readonly moreThan: "more than {value}";
    readonly lessThan: "less than {value}";
    readonly beginsWith: "text that begins with {value}";
    readonly anythingBut: "anything but {value}";
    readonly anyValue: "a value";
    readonly noValueAtAll: "nothing noted";
    /** In place of `need` when the play asks for what is known already. */
    readonly needNothing: "{label}: {actual}, noted already";
    readonly sameAs: "the same as {label}";
    /** A condition on related records; `{kind}` is one of `records`. */
    readonly needsOne: "Needs {kind} that fits: there is none";
    readonly needsNone: "Holds only while no {kind} fits: there is one";
    readonly moreConditions: "and one more|and {count} more";
    /** Between two conditions, one of which is enough. */
    readonly orElse: ", or ";
    readonly afterMore: "Shows after one more.|Shows after {count} more.";
    readonly afterDays: "Shows after one more day, if nothing changes.|Shows after {count} more days, if nothing changes.";
    /** `{what}` is one or more of `changeTo`, joined. */
    readonly showsWhen: "Shows when {what}.";
    readonly changeTo: "{label} is {needed}";
    readonly showsOn: "Shows on {day}, if it still holds.";
    /** `{channel}` and `{when}` are of the touch whose place is free first. */
    readonly showsAfterTouch: "Shows on {day}, {days} after the {channel} of {when}.";
    readonly severalChanges: "Several things would have to change.";
    readonly nothingChanges: "Nothing in the record changes that now.";
    /** `{what}` is one of those that follow, in small letters. */
    readonly waitsFor: "Waits for: {what}.";
    /** An event, and which: `page visited (prices)`. */
    readonly eventOf: "{event} ({which})";
    /** Which event, by one of its fields beside that of an earlier one; `{event}` is one of `eventNouns`. */
    readonly sameFieldAs: "same {field} as {event}";
    readonly otherFieldThan: "other {field} than {event}";
    readonly moreFieldThan: "higher {field} than {event}";
    readonly atLeastFieldOf: "{field} at least that of {event}";
    readonly lessFieldThan: "lower {field} than {event}";
    readonly atMostFieldOf: "{field} at most that of {event}";
    /** Two steps that follow one another. */
    readonly thenNext: "{first}, then {next}";
    /** `{event}` is one of `eventNouns`. */
    readonly notFor: "no {event} within {span}";
    readonly noneMeanwhile: "no {event} meanwhile";
    readonly quietBefore: "no {event} for {span}";
    readonly allWithin: "{what}, all within {span}";
    readonly strictly: "{what}, with nothing in between";
    readonly without: "{what}, and no {event} meanwhile";
    readonly timesWithin: "{event}, {count} time within {span}|{event}, {count} times within {span}";
    readonly firstOf: "the first {event}";
    readonly before: "{span} before {what}";
    readonly after: "{span} after {what}";
    readonly startOfNext: "the start of the next {event}";
    readonly endOfNext: "the end of the next {event}";
    readonly timeOfNext: "the time of the next {event}";
    readonly minutes: "{count} minute|{count} minutes";
    readonly hours: "{count} hour|{count} hours";
    readonly workdays: "{count} working day|{count} working days";
    readonly touchesUsed: "Touches in {days}: {actual}, at most {needed}";
    /** Who used a touch: `call by Tom Okafor 16 Nov`. */
    readonly touchBy: "{channel} by {name} {day}";
    readonly outbid: "The free touch is held for “{title}”, which serves a higher goal now.";
    readonly outbidChange: "Shows when that one is answered or withdrawn.";
    readonly margin: "Margin after cost to serve: {actual}, needs {needed}";
    readonly marginChange: "Shows at a price of {needed}, now {actual}.";
    readonly veto: "It would hurt {goal}: {actual}, our floor is {needed}";
    readonly vetoUnknown: "It would hurt {goal}, which is below its floor";
    readonly vetoChange: "Shows when {goal} is back at {needed}.";
    readonly rankedLower: "Priority: {actual}, needs {needed}";
    readonly rankedChange: "“{title}” comes first: {goal} counts more now.";
    /** `{reasons}` speak for and against “{title}”. */
    readonly rankedProduct: "Shows with a lever of {needed}, now {actual}. “{title}” comes first. {reasons}";
    readonly rankedChangeOnly: "“{title}” comes first.";
    readonly sameAction: "One card of this action is enough, and “{title}” comes first.";
    readonly tried: "“{title}” is tried this time, to learn.";
    readonly holdoutNeed: "1 in {count} accounts goes without it, drawn by lot.";
    readonly holdoutChange: "Nothing changes that while we measure.";
    readonly answeredHidden: "Hidden by {name}, {when}: {reason}";
    readonly answeredDone: "Done by {name}, {when}";
    readonly answeredSnoozed: "Snoozed by {name}, {when}";
    readonly answeredOther: "Answered by {name}, {when}";
    /** `{what}` is one of those above. */
    readonly restsUntil: "{what}; rests until {day}";
    /** `{what}` is `expiredAt` or `withdrawnAt`, `{next}` one of the two that follow. */
    readonly lifeClosed: "{what}. {next}";
    readonly lifeArmed: "Armed: opens as soon as it is so.";
    readonly lifeSpent: "Opens again only after it was not so for once.";
    readonly lifeOpen: "Open since {when}, until {day} at the latest.";
    readonly audienceOwner: "It is for the owner of the record.";
    readonly audienceTeam: "It is for the owner's team.";
    readonly audiencePartner: "It is for partners.";
    readonly audienceRole: "It is for another role: {role}.";
    readonly openedAt: "Opened {when}";
    readonly withdrawnAt: "Withdrawn {when}";
    readonly expiredAt: "Expired {when}";
    readonly answeredAt: "Answered {when}";
    readonly takenBackAt: "Taken back {when}";
    /** One of those, and why. */
    readonly because: "{what}: {text}";
    readonly tipYouSent: "You sent it";
    readonly tipEdited: "{name} edited it";
    readonly tipLive: "Live";
    readonly tipNotUsed: "Not used: {because}";
    readonly tipNotUsedOnly: "Not used";
    readonly tipSince: "since {when}";
    /** The gist of an attribute a tip goes with: `Industry: Food`. */
    readonly tipTag: "{label}: {value}";
    readonly sayFirst: "{count} action for {name}. First: {title}.|{count} actions for {name}. First: {title}.";
    readonly sayNew: "New: {title}.";
    readonly sayNewChanged: "New: {title}, {changed}.";
    readonly sayUndoable: "{what}. Undo is available.";
    readonly sayUndone: "Taken back: {title}.";
    readonly sayNoted: "Noted.";
    readonly sayOnline: "Online again.";
    readonly sayQueued: "Recorded here, sent when you are online. Undo is available.";
    readonly sayNothingUntil: "Nothing worth doing here now, until {day}.";
    readonly sayNotKept: "Your answer could not be recorded. Please try again.";
    /** Names of the kinds of action, as a setting. */
    readonly kindNames: {
        readonly call: "Calls";
        readonly email: "Emails";
        readonly meeting: "Meetings and visits";
        readonly propose: "Offers";
        readonly 'bring-in': "Bringing colleagues in";
        readonly prepare: "Preparing";
        readonly log: "Filling in the CRM";
        readonly ask: "Questions to you";
        readonly learn: "Things to learn";
        readonly 'send-self-serve': "Links for buyers";
        readonly 'help-decide': "Helping buyers decide";
        readonly fix: "Fixing a problem";
        readonly 'leave-alone': "Leaving buyers alone";
    };
    /** On the filled button; `{name}` is the buyer's first name or "the buyer". */
    readonly verbs: {
        readonly call: "Call {name}";
        readonly email: "Write to {name}";
        readonly meeting: "Offer times";
        readonly propose: "Open the offer";
        readonly 'bring-in': "Bring them in";
        readonly prepare: "Prepare it";
        readonly log: "Fill it in";
        readonly ask: "Answer";
        readonly learn: "Read it";
        readonly 'send-self-serve': "Send the link";
        readonly 'help-decide': "Help {name}";
        readonly fix: "Take care of it";
        readonly 'leave-alone': "Leave them alone";
    };
    /** What the filled button does, read to a screen reader after its name; `{link}` and so on by what it opens. */
    readonly doesTel: "Opens your phone and logs the call";
    readonly doesMail: "Opens your mail and marks this as done";
    readonly doesLink: "Opens a page and marks this as done";
    readonly doesNothing: "Marks this as done";
    /** What was done, on the receipt; `{name}` is the buyer. */
    readonly done: {
        readonly call: "Call with {name} logged";
        readonly email: "Email to {name} marked as written";
    };
    /** The same for every other kind; the card's title follows. */
    readonly doneOther: "Marked as done:";
    readonly grades: {
        readonly 'buyer-verified': "Buyer-verified";
        readonly observed: "Observed";
        readonly claimed: "Claimed";
    };
    readonly stages: {
        readonly trigger: "Nothing calls for it yet";
        readonly audience: "For somebody else";
        readonly eligibility: "Not allowed";
        readonly applicability: "Not relevant now";
        readonly suitability: "Not in the buyer’s interest";
        readonly answered: "Answered before";
        readonly holdout: "Kept aside to measure";
        readonly 'contact-policy': "Buyer contacted enough";
        readonly 'profit-gate': "Does not pay";
        readonly arbitration: "Ranked lower";
    };
    readonly channels: {
        readonly call: "call";
        readonly email: "email";
        readonly meeting: "meeting";
        readonly visit: "visit";
        readonly message: "message";
        readonly mailing: "mailing";
    };
    /** After "needs": a related record. */
    readonly records: {
        readonly account: "an account";
        readonly contact: "a contact";
        readonly opportunity: "a deal";
        readonly rep: "a rep";
        readonly product: "a product";
        readonly company: "a company";
    };
    /** Kinds of content and of activity whose own name would not read well; others are shown as they are, without hyphens. */
    readonly types: {
        readonly 'record-changed': "CRM field";
        readonly 'email-received': "email";
        readonly 'email-sent': "email sent";
        readonly 'call-made': "call";
        readonly 'call-received': "call";
        readonly 'meeting-held': "meeting";
        readonly 'note-added': "note";
        readonly purchase: "order data";
        readonly 'state-entered': "from what happened";
    };
    /** An activity that happened; others are their type without hyphens: `proposal sent`. */
    readonly events: {
        readonly 'callback-requested': "callback asked for";
        readonly 'invoice-overdue': "invoice overdue";
        readonly 'page-visited': "page looked at";
        readonly purchase: "order";
        readonly 'record-changed': "CRM field changed";
        readonly 'survey-answered': "survey answered";
    };
    /** One such activity, after "no" and "the first"; others as above. */
    readonly eventNouns: {
        readonly 'call-made': "call";
        readonly 'call-received': "call";
        readonly 'case-opened': "case";
        readonly 'document-opened': "look at the proposal";
        readonly 'email-received': "email from them";
        readonly 'email-sent': "email from us";
        readonly 'meeting-booked': "meeting";
        readonly 'meeting-held': "meeting";
        readonly 'note-added': "note";
        readonly 'page-visited': "look at a page";
        readonly 'proposal-sent': "proposal";
        readonly 'quote-begun': "quote";
        readonly 'survey-answered': "survey answer";
        readonly 'visit-made': "visit";
    };
};
type Words<T> = T extends string ? string : {
    readonly [key in keyof T]: Words<T[key]>;
};
/** A table of strings: English, or a translation of it. */
type Strings = Words<Omit<typeof ENGLISH, 'direction'>> & {
    readonly direction: 'ltr' | 'rtl';
};

/**
 * What a panel draws: words and a few numbers in [0, 1], nothing of a DOM, nothing to compute. The Lit panel, a HubSpot
 * card, an email and the command line draw the same one.
 */
interface PanelView {
    readonly status: 'loading' | 'ready' | 'error' | 'no-plays' | 'no-access';
    /** The name of the record in view. Hostile: text. */
    readonly name: string;
    /** `as of 10:24`; empty before the first decision. */
    readonly asOf: string;
    readonly notices: readonly NoticeView[];
    /** At most three; an answered card stays in its place as a receipt until the record is left. */
    readonly cards: readonly (CardView | ReceiptView)[];
    readonly nothing?: NothingView;
    /** `Why not the other 38?`, or absent when there are none. */
    readonly whyNotLabel?: string;
    /** Answers kept on this device until they can be sent. */
    readonly waiting: readonly WaitingView[];
    readonly waitingLabel?: string;
    /** To be spoken once, politely; a new text each time something changed, else the same object as before. */
    readonly announcement?: {
        readonly text: string;
        readonly urgent: boolean;
    };
    /** Why there is no guidance, when status is `error`. */
    readonly problem?: {
        readonly title: string;
        readonly text: string;
        readonly detail: string;
        /** `Last seen at 09:58, may be out of date`: stands over the titles of the cards; absent when there are none. */
        readonly lastSeen?: string;
    };
}
interface NoticeView {
    /** `caution`: an answer was recorded and not carried out. */
    readonly kind: 'offline' | 'caution';
    readonly title: string;
    readonly text: string;
}
interface CardView {
    readonly type: 'card';
    /** The opening key; the handle for answers. */
    readonly id: string;
    readonly title: string;
    /** One sentence. */
    readonly why: string;
    /** One line for the folded card. */
    readonly line: string;
    readonly changed?: {
        readonly text: string;
        readonly when: string;
        readonly scale?: ScaleView;
        readonly compared?: string;
    };
    readonly primary: {
        readonly kind: ActionKind;
        readonly label: string;
        /** What the click does: `Opens your phone and logs the call`. */
        readonly description: string;
        /** `tel:`, `mailto:` or `https:`; opened by the host after the answer was recorded. */
        readonly href?: string;
    };
    /** For `ask`: one tap answers, in place of the primary button. */
    readonly options?: {
        readonly question: string;
        readonly choices: readonly ChoiceView[];
    };
    readonly touches?: {
        readonly text: string;
        readonly used: number;
        readonly limit: number;
    };
    readonly facts: readonly FactView[];
    readonly contents: readonly MaterialView[];
    readonly evidence: readonly EvidenceLineView[];
    readonly reasons: readonly ChoiceView[];
    /** `Hides this for Kestrel Foods only. Your team keeps the play.` */
    readonly reasonsNote: string;
    readonly snooze: SnoozeView;
    /** `Your try: open with the audit date`, or that it is as usual here, to compare. Hostile: text. */
    readonly ownTry?: string;
    /** The rep may try it another way: what to choose beside the rep's own words, `chosen` as it is proposed. */
    readonly mayTry?: readonly {
        readonly id: Exclude<keyof TryPlan, 'how'>;
        readonly label: string;
        readonly choices: readonly ChoiceView[];
        readonly chosen: string;
    }[];
    /** Recorded answer to "Was this helpful?". */
    readonly helpful?: boolean;
}
interface ChoiceView {
    readonly id: string;
    readonly label: string;
}
/** A drawing of one number, all in [0, 1]. */
interface ScaleView {
    readonly kind: 'gap' | 'need' | 'range';
    readonly dot: number;
    readonly tick?: number;
    readonly low?: number;
    readonly high?: number;
}
/** `Goal`, `Worth`, `Chance`. */
interface FactView {
    readonly label: string;
    readonly strong: string;
    readonly text: string;
    readonly scale?: ScaleView;
}
interface MaterialView {
    readonly id: string;
    readonly title: string;
    readonly kind: string;
    readonly meta: string;
    readonly body: readonly MarkdownNode[];
    /** A long body, which unfolds on demand. */
    readonly folded: boolean;
    /** Plain text for the clipboard. */
    readonly copyText?: string;
    readonly href?: string;
}
interface EvidenceLineView {
    readonly text: string;
    readonly grade: Grade;
    readonly gradeLabel: string;
    /** `her email, 5 Nov`. */
    readonly meta: string;
}
interface SnoozeView {
    /** Three weeks of working days, in rows of a week, one column a weekday; past days and holidays are not enabled. */
    readonly weekdays: readonly string[];
    readonly days: readonly {
        readonly date: string;
        readonly label: string;
        readonly fullLabel: string;
        readonly enabled: boolean;
    }[];
    readonly earliest: string;
    readonly latest: string;
    readonly suggested: string;
}
/** What was just done, with a way back, in the place of its card. */
interface ReceiptView {
    readonly type: 'receipt';
    readonly id: string;
    readonly responseId?: string;
    readonly text: string;
    /** Follows the text in a lighter hand: the reason, the day. */
    readonly detail?: string;
    /** False for a card that withdrew itself. */
    readonly undoable: boolean;
    readonly question?: {
        readonly text: string;
        readonly choices: readonly ChoiceView[];
        readonly chosen?: string;
    };
    readonly tipQuestion?: string;
    readonly note?: string;
    /** What became of it in the CRM: `Written to Salesforce.` */
    readonly written?: string;
    readonly askHelpful: boolean;
    readonly helpful?: boolean;
    readonly tone: 'good' | 'caution';
}
interface NothingView {
    readonly title: string;
    readonly text: string;
    readonly steps: readonly StepView[];
}
interface StepView {
    readonly text: string;
    readonly meta: string;
    readonly strong?: string;
    readonly state: 'done' | 'now' | 'to-come';
}
interface WaitingView {
    readonly responseId: string;
    readonly text: string;
    readonly when: string;
}
interface WhyNotView {
    /** `38 not shown`. */
    readonly count: string;
    readonly groups: readonly {
        readonly stage: string;
        readonly title: string;
        readonly items: readonly WhyNotItemView[];
    }[];
    readonly note: string;
}
interface WhyNotItemView {
    readonly play: string;
    readonly record: RecordId;
    readonly title: string;
    /** `Replies in 14 days: **0**, needs **2**` in pieces; strong ones are the figures. */
    readonly need: readonly {
        readonly text: string;
        readonly strong: boolean;
    }[];
    readonly scale?: ScaleView;
    readonly touches?: {
        readonly text: string;
        readonly used: number;
        readonly limit: number;
    };
    /** `Shows after two replies.` */
    readonly change: string;
    /** Where the play stands on the record, where that is news: `Done by you, 12 Nov; rests until 12 Dec.` */
    readonly life?: string;
}
interface HistoryView {
    readonly steps: readonly StepView[];
}
interface TipsView {
    /** Attributes of the situation that the tip may go with. */
    readonly goesWith: readonly (ChoiceView & {
        readonly checked: boolean;
    })[];
    readonly signer: string;
    readonly tips: readonly {
        readonly id: string;
        readonly text: string;
        readonly steps: readonly StepView[];
        readonly verdict?: string;
    }[];
}
interface TriesView {
    readonly tries: readonly {
        readonly id: string;
        readonly play: string;
        /** The rep's own words. */
        readonly how: string;
        /** The play, and from when to when. */
        readonly meta: string;
        readonly verdict: string;
        readonly lines: readonly string[];
        readonly isRunning: boolean;
        /** It turned out better: what a tip would say. */
        readonly tip?: string;
    }[];
}
interface KindsView {
    readonly kinds: readonly (ChoiceView & {
        readonly on: boolean;
    })[];
}
/** Answers as a panel gives them. */
type PanelAnswer = {
    readonly kind: 'primary';
} | {
    readonly kind: 'option';
    readonly choice: string;
} | {
    readonly kind: 'not-relevant';
    readonly reason: string;
    readonly text?: string;
} | {
    readonly kind: 'snooze';
    readonly until: string;
} | {
    readonly kind: 'helpful';
    readonly helpful: boolean;
} | {
    readonly kind: 'outcome';
    readonly choice: string;
};
/** Where a panel gets its views. An agent in the page, a worker or a server stand behind it alike. */
interface PanelSource {
    readonly strings: Strings;
    /** Opens a record. `listener` is called now and whenever the view changes, never after `close`. */
    open(record: RecordId, asker: RecordId, listener: (view: PanelView) => void): PanelSession;
}
interface PanelSession {
    /**
     * Resolves when the answer is safe (stored or queued): true to go on and open the primary's `href`, false when it was
     * refused or could not be kept. The view says what became of it.
     */
    answer(card: string, answer: PanelAnswer): Promise<boolean>;
    undo(responseId: string): Promise<void>;
    /** The card stood before the rep's eyes. */
    seen(card: string): void;
    /**
     * The rep's pointer or focus is in the panel, or has left it. While it is there no card changes its place and a new
     * one comes last; afterwards the next decision may sort them again around `open`, the cards unfolded.
     */
    hold(held: boolean, open: readonly string[]): void;
    whyNot(): Promise<WhyNotView>;
    history(): Promise<HistoryView>;
    tips(): Promise<TipsView>;
    sendTip(tip: {
        readonly text: string;
        readonly goesWith: readonly string[];
        readonly signed: boolean;
        readonly card?: string;
    }): Promise<void>;
    tries(): Promise<TriesView>;
    /** Begins a try with a card's play. Resolves with what became of that, in words. */
    beginTry(card: string, plan: TryPlan): Promise<string>;
    /** Ends it, and resolves as the beginning does. */
    endTry(one: Pick<TriesView['tries'][number], 'id' | 'play'>): Promise<string>;
    kinds(): Promise<KindsView>;
    setKind(kind: string, on: boolean): Promise<void>;
    retry(): void;
    close(): void;
}

export { ENGLISH as E };
export type { CardView as C, HistoryView as H, MaterialView as M, NothingView as N, PanelSource as P, ReceiptView as R, Strings as S, TriesView as T, WhyNotView as W, PanelSession as a, PanelView as b, WhyNotItemView as c };
