import type { CardView } from '../src/domain/view.js';
import { renewal } from './fixtures-cards.js';

/** What a field of a CRM may hold when somebody means harm. */
export const HOSTILE =
  '<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>{{7*7}}';

/** It stands wherever text can stand, with addresses that would run something. */
export const hostile: CardView = {
  ...renewal,
  title: HOSTILE,
  why: HOSTILE,
  reasonsNote: HOSTILE,
  primary: { ...renewal.primary, label: HOSTILE, href: 'javascript:globalThis.hacked=1' },
  contents: [
    {
      id: 'x',
      title: HOSTILE,
      kind: HOSTILE,
      meta: HOSTILE,
      folded: false,
      href: 'javascript:globalThis.hacked=1',
      body: [
        {
          type: 'paragraph',
          children: [
            { type: 'text', text: HOSTILE },
            {
              type: 'link',
              href: 'javascript:globalThis.hacked=1',
              children: [{ type: 'text', text: 'press me' }],
            },
            {
              type: 'link',
              href: ' java\tscript:globalThis.hacked=1',
              children: [{ type: 'text', text: 'or me' }],
            },
            {
              type: 'link',
              href: 'data:text/html,<script>alert(1)</script>',
              children: [{ type: 'text', text: 'or this' }],
            },
            { type: 'code', block: true, text: '[a](javascript:alert(1)) ![b](x" onerror="y)' },
          ],
        },
      ],
      copyText: HOSTILE,
    },
  ],
  evidence: [{ text: HOSTILE, grade: 'claimed', gradeLabel: 'Claimed', meta: HOSTILE }],
};
