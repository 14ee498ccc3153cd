/**
 * Every text a person reads in a panel, in one table: a translation is another value of this type. `{name}` is a hole.
 * A note says where it stands and what goes in.
 */
export const ENGLISH = {
  /** Language tag for dates, numbers and the direction of writing. */
  locale: 'en',
  direction: 'ltr',
  /** Heading of the panel and its name for a screen reader. */
  panelTitle: 'Next best action',
  more: 'More',
  back: 'Back',
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
  /** Above the reasons. */
  whyNotRelevant: 'Why? One click answers, and you can undo it.',
  /** Name of the group of reasons for a screen reader. */
  reasonsGroup: 'Why is this not relevant?',
  anotherReason: 'Another reason',
  anotherReasonLabel: 'What is the reason?',
  send: 'Send',
  skip: 'Skip',
  /** Above the days of a snooze. */
  showAgainOn: 'Show it again on',
  anotherDay: 'Another day',
  returnsOnlyIf: 'It returns that day only if it still holds.',
  /** `{name}` is the record's name; shown when reading takes more than 300 ms. */
  reading: 'Reading {name}…',
  readingRecord: 'Reading the record…',
  whyNot: 'Why not?',
  findAction: 'Find an action',
  /** `{count}` more in a group of "Why not?". */
  showMore: 'Show {count} more',
  lookingChangesNothing: 'Looking here changes nothing.',
  nothingFound: 'No action has these words.',
  history: 'What happened here',
  historyEmpty: 'Nothing happened here yet.',
  kinds: 'Kinds of action I see',
  kindsNote: 'This is your own setting. Required actions always show.',
  howNumbers: 'How these numbers are made',
  tips: 'Tips',
  myTips: 'My tips',
  tipQuestion: 'What works here?',
  tipGoesWith: 'Goes with',
  tipSign: 'Sign it',
  tipAnonymous: 'Anonymous',
  sendTip: 'Send tip',
  tipSent: 'Thank you. The tip is in the queue, and you will see here what becomes of it.',
  becameOfTips: 'What became of your tips',
  noTips: 'You have sent no tips yet.',
  tooLong: 'At most {count} characters.',
  lastSeen: 'Last seen, may be out of date',
} as const;

/** A table of strings: English, or a translation of it. */
export type Strings = {
  readonly [key in keyof typeof ENGLISH]: key extends 'direction' ? 'ltr' | 'rtl' : string;
};
