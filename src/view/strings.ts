/**
 * Every text a person reads in a panel, in one table: a translation is another value of this type. `{name}` is a hole.
 * Forms that depend on a count stand in one text, divided by `|`, in the order zero, one, two, few, many, other, and
 * only those the language has: English has two, Japanese one, Arabic six. A note says where a text stands and what goes in.
 */
export const ENGLISH = {
  /** Language tag for dates, numbers and plurals. */
  locale: 'en',
  /** `ltr` or `rtl`. */
  direction: 'ltr',

  // The panel's own words.
  /** Heading of the panel and its name for a screen reader. */
  panelTitle: 'Next best action',
  more: 'More',
  /** Name of the arrow that leaves a view inside the panel. */
  back: 'Back to the actions',
  snooze: 'Snooze…',
  notRelevant: 'Not relevant…',
  undo: 'Undo',
  copy: 'Copy',
  copied: 'Copied',
  open: 'Open',
  useThis: 'Use this',
  evidence: 'Evidence',
  helpfulQuestion: 'Was this helpful?',
  yes: 'Yes',
  no: 'No',
  addTip: 'Add a tip',
  tryNow: 'Try now',
  whatWentWrong: 'What went wrong',
  cannotCopy: 'It could not be copied. Select the text instead.',
  cannotRead: 'This could not be read. Go back and try again.',
  /** Above the reasons, and the name of their group. */
  whyNotRelevant: 'Why? One click answers, and you can undo it.',
  anotherReason: 'Another reason',
  anotherReasonLabel: 'What is the reason?',
  send: 'Send',
  skip: 'Skip',
  /** Above the days of a snooze, and the name of their group. */
  showAgainOn: 'Show it again on',
  anotherDay: 'Another day',
  /** On the button that takes the day in the field "Another day". */
  setDay: 'Set',
  returnsOnlyIf: 'It returns that day only if it still holds.',
  /** `{name}` is the record's name; shown when reading takes more than 300 ms. */
  reading: 'Reading {name}…',
  readingRecord: 'Reading the record…',
  whyNot: 'Why not?',
  findAction: 'Find an action',
  /** Button under a group of "Why not?". */
  showMore: 'Show {count} more',
  lookingChangesNothing: 'Looking here changes nothing.',
  nothingFound: 'No action has these words.',
  history: 'What happened here',
  historyEmpty: 'Nothing happened here yet.',
  kinds: 'Kinds of action I see',
  kindsNote: 'This is your own setting. Required actions always show.',
  howNumbers: 'How these numbers are made',
  /** The view of that name, a line a paragraph. */
  numbers: `Chance: of 100 buyers in this situation, how many act after such an action, by your own records. Until there are enough we say “No number yet”, and what the author of the play expects.
Worth: what the action adds if the buyer acts, times the chance. “Likely”: nine times in ten the true figure lies there.
Goal: each counts by its weight. Below its floor nothing that hurts it is shown, above its target it earns no more.
Only what the buyer does counts as success, not what you click.`,
  tips: 'Tips',
  myTips: 'My tips',
  tipQuestion: 'What works here?',
  tipGoesWith: 'Goes with',
  tipSign: 'Sign it',
  tipAnonymous: 'Anonymous',
  sendTip: 'Send tip',
  tipSent: 'Thank you. You will see here what becomes of it.',
  becameOfTips: 'What became of your tips',
  noTips: 'You have sent no tips yet.',
  /** On a card, and the question that it opens. */
  tryAnother: 'Try it another way',
  tryQuestion: 'What will you do differently?',
  tryTurnTo: 'Turn to',
  /** The first choice of that: as the play has it. */
  tryAsEver: 'as always',
  tryFor: 'For',
  tryOn: 'On',
  tryWeeks: '{count} week|{count} weeks',
  tryAccounts: 'up to {count} account|up to {count} accounts',
  tryStart: 'Start the try',
  tryNote:
    'Your smallest accounts without an open deal take part. Half of them, drawn by lot, get it the new way. Only you see it, and what buyers do decides.',
  tryStarted: 'Your try has begun. “My tries” tells how it stands.',
  tryQueued: 'It begins when you are online again.',
  noTryTitle: 'Your try did not begin',
  noTry: {
    'too-many':
      'Two tries may run at once, each with an action and accounts of its own. “My tries” ends one.',
    'too-few': 'It takes ten of your own accounts without an open deal.',
    'not-this-card': 'What is required or asked for by the buyer is not for trying.',
  },
  /** On a card, what the rep tries and on the accounts that it is compared with. */
  tryNew: 'Your try: {how}',
  tryUsual: 'As usual (your try compares)',
  myTries: 'My tries',
  noTries: 'You have tried nothing yet. “Try it another way” is on the cards.',
  tryEnd: 'End it',
  tryOffer: 'Offer it as a tip',
  /** Of a try: since when, and until when. */
  trySpan: '{from} to {until}',
  tryDealt: 'Accounts: {new} the new way, {usual} as usual.',
  tryNobody: 'Of nobody the time to act is over yet.',
  tryCounts: 'New way: {new}. As usual: {usual}.',
  /** Of so many accounts in one half. */
  tryActed: '{acted} of {count} buyer acted|{acted} of {count} buyers acted',
  tryDifference: 'Difference: {value} in 100, from {low} to {high}, however often you look.',
  tryWaiting: 'Of {count} more the time is not over.',
  tryMore: 'Not enough yet, about {count} more account|Not enough yet, about {count} more accounts',
  tryVerdicts: {
    better: 'Better than as usual',
    worse: 'Worse than as usual',
    'no-difference-that-matters': 'No difference that matters',
    'not-enough-yet': 'Not enough yet',
  },
  tryStopped: {
    rep: 'You ended it.',
    guardrail: 'It ended by itself: what must not become more frequent did, the new way.',
    'sample-ratio': 'It ended by itself: one half came in more often than was dealt out.',
  },
  noPlaysTitle: 'No plays here yet',
  noPlays: 'Your team is still writing them. Nothing is wrong with this account.',
  noPlaysTip:
    'Know what works with accounts like this one? A tip from you can become the first play.',
  noAccessTitle: 'No guidance for this record',
  /** The same whether the record is hidden from the rep or does not exist: it must not tell which. */
  noAccess: 'Guidance shows on records that you can open in the CRM.',
  /** Under the answers that wait. */
  waitingNote: 'Back online, we check that each still holds before anything happens.',

  // Dates and amounts. `{weekday}`, `{day}`, `{month}`, `{year}` come in the language of `locale`.
  day: '{day} {month}',
  dayAhead: '{weekday} {day} {month}',
  dayYear: '{day} {month} {year}',
  /** A moment of this day: `today 08:05`. */
  today: 'today {time}',
  todayOnly: 'today',
  /** Around somebody's own words. */
  quote: '“{text}”',
  ratio: '{count} in {of}',
  yesValue: 'yes',
  noValue: 'no',
  /** After a number of days. */
  days: '{count} day|{count} days',

  // A card.
  asOf: 'as of {time}',
  trueSinceBefore: 'true since before',
  /** Under the tick of the scale; `{value}` is the number at which the play opens. */
  /** What happened, for "what changed", with a capital in front: `Proposal sent 13 Nov, no call since`. */
  eventAt: '{event} {when}',
  noneSince: '{what}, no {event} since',
  timesSince: '{event}, {count} time since {when}|{event}, {count} times since {when}',
  /** `{text}` tells the state of a machine, `{from}` is the state before. */
  stateFrom: '{text} (before: {from})',
  opensAt: 'Shows from {value} on',
  opensBelow: 'Shows at {value} or less',
  touchCount: '{name}: this would be touch {count} of {limit} in {days}',
  goal: 'Goal',
  worth: 'Worth',
  chance: 'Chance',
  putsOff: 'Puts off',
  aheadOf: 'Ahead of',
  costs: 'Costs',
  order: 'Order',
  required: 'Required',
  requiredText: 'Comes first, whatever the goals',
  buyerAsked: 'The buyer asked for it',
  /** `{level}`, `{floor}` and `{target}` are figures of a goal. */
  goalBelowFloor: '{level}, below our floor of {floor}',
  goalAboveFloor: '{level}, above our floor of {floor}',
  goalAboveTarget: '{level}, at or above our target of {target}',
  goalLevel: '{level} now',
  goalUnknown: 'Its level here is not known',
  /** Why the first card is first; `{text}` is one of the four above. */
  goalFirst: 'Comes first: {text}',
  worthExpected: 'About {amount} expected',
  range: 'Likely {low} to {high}',
  worthIf: '{amount} if the buyer acts',
  worthGuess: 'The author’s figure, nothing is measured yet',
  worthHurts: 'Costs {amount} of {goal}',
  noNumber: 'No number yet',
  chanceStrong: 'About {ratio} act on it',
  chanceFrom: 'From one similar case|From {count} similar cases',
  chanceGuess: 'The author of the play expects about {ratio}',
  amountFor: '{amount} for {goal}',
  /** Where a part of the ranking is left out to measure it. */
  arms: {
    random: 'By lot',
    propensity: 'By likelihood alone',
    'no-levers': 'Without weights set by hand',
  },
  armText: 'Part of measuring what the order of cards adds. What shows is worth doing.',
  /** `{order}` is one of `arms`. */
  armBehind: '“{title}” comes first. Order here: {order}. {text}',
  /** What a card takes of rep and buyer: `{channel}` is one of `channels`. */
  costsBoth: '{minutes} and one {channel}',
  /** What that is worth: amounts, or units of priority. */
  costsAmount: '{minutes} for the minutes, {touch} for the touch',
  costsMinutes: '{minutes} for the minutes',
  inPriority: '{amount} of priority',
  /** `{amount}` is one of those. */
  costsDeclared: '{amount}, as the playbook declares',
  costsPriced:
    '{amount}, by what it brings elsewhere in {count} plan of a day|{amount}, by what it brings elsewhere in {count} plans of a day',
  costsNothing: 'The playbook counts no cost for it',
  /** Where priorities are products: `{times}` is their ratio, `{reasons}` are the two that follow. */
  aheadBy: '{times} times its priority. {reasons}',
  /** `{factors}` are names of `factors`, each with its share. */
  speaksFor: 'For it: {factors}.',
  speaksAgainst: 'Against it: {factors}.',
  factors: { propensity: 'chance', context: 'what fits here', value: 'worth', lever: 'lever' },
  /** Who a piece of evidence came from, what it is, and when: `Tom Okafor, note, 28 Oct`. */
  evidenceMeta: '{who}, {type}, {when}',
  evidenceEvent: '{who}, {when}',
  evidenceMetaNobody: '{type}, {when}',
  alreadyDone: 'Already done',
  hidesMixed: 'Hides this for {name} only. Your team keeps the play.',
  hidesForRep: 'Hides this for you, on {name} only.',
  hidesForAll: 'Hides this for everybody, on {name} only.',
  you: 'you',
  aColleague: 'a colleague',
  /** In place of the record's name where it is not known. */
  thisRecord: 'this record',
  theBuyer: 'the buyer',

  // After an answer.
  hiddenFor: 'Hidden for {name}:',
  hiddenScopeRep: 'Your colleagues still see it.',
  hiddenScopeRecord: 'Nobody on your team sees it on {name}.',
  snoozedUntil: 'Snoozed until {day}:',
  alreadyDoneReceipt: 'Noted as done before',
  optionReceipt: 'Noted:',
  outcomeQuestion: 'How did it go?',
  spoke: 'We spoke',
  leftMessage: 'Left a message',
  noAnswer: 'No answer',
  successNote: 'Only what {name} does now counts as success.',
  /** What became of an answer in the CRM; with why not, by `because`. */
  written: {
    waiting: 'On its way to {crm}',
    written: 'Written to {crm}',
    'not-written': 'Not written to {crm}',
    kept: 'On this device only',
  },
  withdrawn: 'Withdrawn:',
  expired: 'Expired:',
  /** Answered on another screen. */
  answered: 'Answered:',
  /** The answer came after the card had closed; `{when}` and `{because}` say when and why it did. */
  closedReceipt: 'Recorded, not carried out:',
  closedNote: 'It had closed ({when}): {because}. Look before you act.',
  closedNoReason: 'it no longer held',
  noSlotReceipt: 'Not carried out:',
  noSlotNote: 'The last free touch went to {name}. Free again {when}.',
  unknownNote: 'This card is not known here any more.',
  /** An answer in the list of those that wait: the card's title and what was answered. */
  waitDone: '{title}: done',
  waitHidden: '{title}: {reason}',
  waitSnoozed: '{title}: snoozed to {day}',
  waitOther: '{title}: answered',
  waitUndo: '{title}: taken back',
  waitingLabel: '{count} answer waits to be sent|{count} answers wait to be sent',

  // Nothing, offline, errors.
  nothingTitle: 'Nothing worth doing here now',
  nothingRests: 'You chose to rest this.',
  nothingTouched: '{name} has heard from us enough.',
  nothingAnswered: 'You have answered everything here.',
  nothingHolds: 'No play fits the situation today.',
  nothingHoldout:
    'No guidance here by design: {name} is kept aside, so that we can measure what guidance adds.',
  leaveAlone: 'Leave {name} alone until {day}.',
  lookAgain: 'We look again',
  lookAgainWhen: '{day}, or as soon as something changes',
  lookAgainSoon: 'As soon as something changes',
  offlineTitle: 'Offline since {time}',
  offlineText: 'Go on working. What you answer is recorded here and sent later.',
  /** The CRM does not answer the gateway: `{time}` is until when all of it is known. */
  oldTitle: 'CRM data as of {time}',
  errorTitle: 'No guidance since {time}',
  errorText: 'Your CRM works as usual.',
  errorRetry: 'Your CRM works as usual. We try again at {time}.',
  lastSeen: 'Last seen at {time}, may be out of date',

  // Why not. Before and after the figures, which stand in bold.
  whyNotOther: 'Why not the other {count}?',
  whyNotAll: 'Why not? {count} action|Why not? {count} actions',
  notShown: '{count} not shown',
  /** `{label}` is an attribute, `{actual}` and `{needed}` are values. */
  need: '{label}: {actual}, needs {needed}',
  notKnown: 'not known',
  atLeast: '{value} or more',
  atMost: '{value} or less',
  moreThan: 'more than {value}',
  lessThan: 'less than {value}',
  beginsWith: 'text that begins with {value}',
  anythingBut: 'anything but {value}',
  anyValue: 'a value',
  noValueAtAll: 'nothing noted',
  /** In place of `need` when the play asks for what is known already. */
  needNothing: '{label}: {actual}, noted already',
  sameAs: 'the same as {label}',
  /** A condition on related records; `{kind}` is one of `records`. */
  needsOne: 'Needs {kind} that fits: there is none',
  needsNone: 'Holds only while no {kind} fits: there is one',
  moreConditions: 'and one more|and {count} more',
  /** Between two conditions, one of which is enough. */
  orElse: ', or ',
  afterMore: 'Shows after one more.|Shows after {count} more.',
  afterDays:
    'Shows after one more day, if nothing changes.|Shows after {count} more days, if nothing changes.',
  /** `{what}` is one or more of `changeTo`, joined. */
  showsWhen: 'Shows when {what}.',
  changeTo: '{label} is {needed}',
  showsOn: 'Shows on {day}, if it still holds.',
  /** `{channel}` and `{when}` are of the touch whose place is free first. */
  showsAfterTouch: 'Shows on {day}, {days} after the {channel} of {when}.',
  severalChanges: 'Several things would have to change.',
  nothingChanges: 'Nothing in the record changes that now.',
  /** `{what}` is one of those that follow, in small letters. */
  waitsFor: 'Waits for: {what}.',
  /** An event, and which: `page visited (prices)`. */
  eventOf: '{event} ({which})',
  /** Which event, by one of its fields beside that of an earlier one; `{event}` is one of `eventNouns`. */
  sameFieldAs: 'same {field} as {event}',
  otherFieldThan: 'other {field} than {event}',
  moreFieldThan: 'higher {field} than {event}',
  atLeastFieldOf: '{field} at least that of {event}',
  lessFieldThan: 'lower {field} than {event}',
  atMostFieldOf: '{field} at most that of {event}',
  /** Two steps that follow one another. */
  thenNext: '{first}, then {next}',
  /** `{event}` is one of `eventNouns`. */
  notFor: 'no {event} within {span}',
  noneMeanwhile: 'no {event} meanwhile',
  quietBefore: 'no {event} for {span}',
  allWithin: '{what}, all within {span}',
  strictly: '{what}, with nothing in between',
  without: '{what}, and no {event} meanwhile',
  timesWithin: '{event}, {count} time within {span}|{event}, {count} times within {span}',
  firstOf: 'the first {event}',
  before: '{span} before {what}',
  after: '{span} after {what}',
  startOfNext: 'the start of the next {event}',
  endOfNext: 'the end of the next {event}',
  timeOfNext: 'the time of the next {event}',
  minutes: '{count} minute|{count} minutes',
  hours: '{count} hour|{count} hours',
  workdays: '{count} working day|{count} working days',
  touchesUsed: 'Touches in {days}: {actual}, at most {needed}',
  /** Who used a touch: `call by Tom Okafor 16 Nov`. */
  touchBy: '{channel} by {name} {day}',
  outbid: 'The free touch is held for “{title}”, which serves a higher goal now.',
  outbidChange: 'Shows when that one is answered or withdrawn.',
  margin: 'Margin after cost to serve: {actual}, needs {needed}',
  marginChange: 'Shows at a price of {needed}, now {actual}.',
  veto: 'It would hurt {goal}: {actual}, our floor is {needed}',
  vetoUnknown: 'It would hurt {goal}, which is below its floor',
  vetoChange: 'Shows when {goal} is back at {needed}.',
  rankedLower: 'Priority: {actual}, needs {needed}',
  rankedChange: '“{title}” comes first: {goal} counts more now.',
  /** `{reasons}` speak for and against “{title}”. */
  rankedProduct: 'Shows with a lever of {needed}, now {actual}. “{title}” comes first. {reasons}',
  rankedChangeOnly: '“{title}” comes first.',
  sameAction: 'One card of this action is enough, and “{title}” comes first.',
  tried: '“{title}” is tried this time, to learn.',
  holdoutNeed: '1 in {count} accounts goes without it, drawn by lot.',
  holdoutChange: 'Nothing changes that while we measure.',
  answeredHidden: 'Hidden by {name}, {when}: {reason}',
  answeredDone: 'Done by {name}, {when}',
  answeredSnoozed: 'Snoozed by {name}, {when}',
  answeredOther: 'Answered by {name}, {when}',
  /** `{what}` is one of those above. */
  restsUntil: '{what}; rests until {day}',
  /** `{what}` is `expiredAt` or `withdrawnAt`, `{next}` one of the two that follow. */
  lifeClosed: '{what}. {next}',
  lifeArmed: 'Armed: opens as soon as it is so.',
  lifeSpent: 'Opens again only after it was not so for once.',
  lifeOpen: 'Open since {when}, until {day} at the latest.',
  audienceOwner: 'It is for the owner of the record.',
  audienceTeam: "It is for the owner's team.",
  audiencePartner: 'It is for partners.',
  audienceRole: 'It is for another role: {role}.',

  // History and tips. `{when}` is a day or a time of today.
  openedAt: 'Opened {when}',
  withdrawnAt: 'Withdrawn {when}',
  expiredAt: 'Expired {when}',
  answeredAt: 'Answered {when}',
  takenBackAt: 'Taken back {when}',
  /** One of those, and why. */
  because: '{what}: {text}',
  tipYouSent: 'You sent it',
  tipEdited: '{name} edited it',
  tipLive: 'Live',
  tipNotUsed: 'Not used: {because}',
  tipNotUsedOnly: 'Not used',
  tipSince: 'since {when}',
  /** The gist of an attribute a tip goes with: `Industry: Food`. */
  tipTag: '{label}: {value}',

  // Spoken by a screen reader.
  sayFirst:
    '{count} action for {name}. First: {title}.|{count} actions for {name}. First: {title}.',
  sayNew: 'New: {title}.',
  sayNewChanged: 'New: {title}, {changed}.',
  sayUndoable: '{what}. Undo is available.',
  sayUndone: 'Taken back: {title}.',
  sayNoted: 'Noted.',
  sayOnline: 'Online again.',
  sayQueued: 'Recorded here, sent when you are online. Undo is available.',
  sayNothingUntil: 'Nothing worth doing here now, until {day}.',
  sayNotKept: 'Your answer could not be recorded. Please try again.',

  // Closed lists.
  /** Names of the kinds of action, as a setting. */
  kindNames: {
    call: 'Calls',
    email: 'Emails',
    meeting: 'Meetings and visits',
    propose: 'Offers',
    'bring-in': 'Bringing colleagues in',
    prepare: 'Preparing',
    log: 'Filling in the CRM',
    ask: 'Questions to you',
    learn: 'Things to learn',
    'send-self-serve': 'Links for buyers',
    'help-decide': 'Helping buyers decide',
    fix: 'Fixing a problem',
    'leave-alone': 'Leaving buyers alone',
  },
  /** On the filled button; `{name}` is the buyer's first name or "the buyer". */
  verbs: {
    call: 'Call {name}',
    email: 'Write to {name}',
    meeting: 'Offer times',
    propose: 'Open the offer',
    'bring-in': 'Bring them in',
    prepare: 'Prepare it',
    log: 'Fill it in',
    ask: 'Answer',
    learn: 'Read it',
    'send-self-serve': 'Send the link',
    'help-decide': 'Help {name}',
    fix: 'Take care of it',
    'leave-alone': 'Leave them alone',
  },
  /** What the filled button does, read to a screen reader after its name; `{link}` and so on by what it opens. */
  doesTel: 'Opens your phone and logs the call',
  doesMail: 'Opens your mail and marks this as done',
  doesLink: 'Opens a page and marks this as done',
  doesNothing: 'Marks this as done',
  /** What was done, on the receipt; `{name}` is the buyer. */
  done: {
    call: 'Call with {name} logged',
    email: 'Email to {name} marked as written',
  },
  /** The same for every other kind; the card's title follows. */
  doneOther: 'Marked as done:',
  grades: {
    'buyer-verified': 'Buyer-verified',
    observed: 'Observed',
    claimed: 'Claimed',
  },
  stages: {
    trigger: 'Nothing calls for it yet',
    audience: 'For somebody else',
    eligibility: 'Not allowed',
    applicability: 'Not relevant now',
    suitability: 'Not in the buyer’s interest',
    answered: 'Answered before',
    holdout: 'Kept aside to measure',
    'contact-policy': 'Buyer contacted enough',
    'profit-gate': 'Does not pay',
    arbitration: 'Ranked lower',
  },
  channels: {
    call: 'call',
    email: 'email',
    meeting: 'meeting',
    visit: 'visit',
    message: 'message',
    mailing: 'mailing',
  },
  /** After "needs": a related record. */
  records: {
    account: 'an account',
    contact: 'a contact',
    opportunity: 'a deal',
    rep: 'a rep',
    product: 'a product',
    company: 'a company',
  },
  /** Kinds of content and of activity whose own name would not read well; others are shown as they are, without hyphens. */
  types: {
    'record-changed': 'CRM field',
    'email-received': 'email',
    'email-sent': 'email sent',
    'call-made': 'call',
    'call-received': 'call',
    'meeting-held': 'meeting',
    'note-added': 'note',
    purchase: 'order data',
    'state-entered': 'from what happened',
  },
  /** An activity that happened; others are their type without hyphens: `proposal sent`. */
  events: {
    'callback-requested': 'callback asked for',
    'invoice-overdue': 'invoice overdue',
    'page-visited': 'page looked at',
    purchase: 'order',
    'record-changed': 'CRM field changed',
    'survey-answered': 'survey answered',
  },
  /** One such activity, after "no" and "the first"; others as above. */
  eventNouns: {
    'call-made': 'call',
    'call-received': 'call',
    'case-opened': 'case',
    'document-opened': 'look at the proposal',
    'email-received': 'email from them',
    'email-sent': 'email from us',
    'meeting-booked': 'meeting',
    'meeting-held': 'meeting',
    'note-added': 'note',
    'page-visited': 'look at a page',
    'proposal-sent': 'proposal',
    'quote-begun': 'quote',
    'survey-answered': 'survey answer',
    'visit-made': 'visit',
  },
} as const;

type Words<T> = T extends string ? string : { readonly [key in keyof T]: Words<T[key]> };

/** A table of strings: English, or a translation of it. */
export type Strings = Words<Omit<typeof ENGLISH, 'direction'>> & {
  readonly direction: 'ltr' | 'rtl';
};
