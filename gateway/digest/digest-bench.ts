import type { Card, Decision } from 'opportune';
import { arbitration, card, decision, MAYA, NOW, PLAYBOOK } from '../../src/view/fixtures.js';
import { DIGEST_ENGLISH, type DigestStrings } from './digest-strings.js';
import { type Digest, type DigestInput, planDigest } from './plan-digest.js';
import { createRecordLink } from './record-link.js';

/** What looks like everything that a stranger may put into a name. */
export const HOSTILE =
  'Evil\r\nBcc: all@evil.example\u202e<script>alert("1")</script>\u2028<img src=x onerror=\'a\'> & "Söhne" 株式会社 😀 www.evil.example';

/** Right to left, with digits and marks of its own. */
export const HEBREW: DigestStrings = {
  ...DIGEST_ENGLISH,
  locale: 'he',
  direction: 'rtl',
  digest: {
    ...DIGEST_ENGLISH.digest,
    heading: 'הפעולות הטובות היום',
    subject: '{name}: {title}, ועוד {count}',
    changed: 'מה השתנה',
    stop: 'להפסיק את הדואר הזה',
  },
};

const link = createRecordLink({ demo: 'https://crm.example.com/records/{id}/view?from=mail&x=1' });

/** An account with that many cards, the first of priority `priority`, each next one of one less. */
export function accountWith(
  id: string,
  priorities: readonly number[],
  change: Partial<Card> = {},
  about: Partial<Decision> = {},
): Decision {
  const account = `demo:account:${id}`;
  return decision({
    record: account,
    account,
    names: { [account]: `Account ${id}`, [MAYA]: 'Maya Lindqvist' },
    shown: priorities.map((priority, i) =>
      card(`play-${i}`, {
        opening: `play-${i}|${account}|1`,
        record: account,
        rank: i + 1,
        title: [`Title ${i + 1} of ${id}`],
        why: [`Because ${i + 1} of ${id}.`],
        arbitration: arbitration({ priority }),
        ...change,
      }),
    ),
    ...about,
  });
}

export function inputOf(
  decisions: readonly Decision[],
  change: Partial<DigestInput> = {},
): DigestInput {
  return {
    rep: MAYA,
    decisions,
    playbook: PLAYBOOK,
    strings: DIGEST_ENGLISH,
    now: NOW,
    zone: PLAYBOOK.zone,
    link,
    ...change,
  };
}

export function digestOf(
  decisions: readonly Decision[],
  change: Partial<DigestInput> = {},
): Digest {
  const planned = planDigest(inputOf(decisions, change));
  if ('nothing' in planned) throw new Error('nothing to send');
  return planned;
}
