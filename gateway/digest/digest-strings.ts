import { ENGLISH, type Strings } from 'opportune/view';

/** What the morning mail says beside the panel's words, written like them: holes in braces, plural forms divided by `|`. */
export interface DigestStrings extends Strings {
  readonly digest: {
    readonly heading: string;
    /** What a list of mails shows; `{count}` further actions are in the mail. */
    readonly subject: string;
    readonly subjectOnly: string;
    /** The line that a list of mails shows after the subject. */
    readonly preheader: string;
    readonly preheaderOnly: string;
    /** A card of one record of an account: `Kestrel Foods, Line 4`. */
    readonly recordOf: string;
    readonly changed: string;
    /** `{accounts}` is `inAccounts`. */
    readonly more: string;
    readonly inAccounts: string;
    readonly buttons: string;
    readonly whyYou: string;
    readonly stop: string;
    readonly stopTitle: string;
    readonly stopNote: string;
    readonly stopButton: string;
    readonly stopped: string;
    readonly stopUnknownTitle: string;
    readonly stopUnknown: string;
  };
}

export const DIGEST_ENGLISH: DigestStrings = {
  ...ENGLISH,
  digest: {
    heading: 'Best actions today',
    subject: '{name}: {title}, and {count} more|{name}: {title}, and {count} more',
    subjectOnly: '{name}: {title}',
    preheader: 'Then {name}: {title}',
    preheaderOnly: '{why}',
    recordOf: '{account}, {record}',
    changed: 'What changed',
    more: 'The panel has {count} more action, {accounts}.|The panel has {count} more actions, {accounts}.',
    inAccounts: 'in {count} account|in {count} accounts',
    buttons: 'A button opens the record in the CRM. Answer there, so that your colleagues see it.',
    whyYou: 'You get this on working days, when there is something worth doing in your accounts.',
    stop: 'Stop this mail',
    stopTitle: 'Stop the morning mail?',
    stopNote: 'The actions stay in the panel, beside each record.',
    stopButton: 'Stop the mail',
    stopped: 'The morning mail is stopped',
    stopUnknownTitle: 'This link is not complete',
    stopUnknown: 'Copy the whole link from the mail, or ask your admin to stop it.',
  },
};
