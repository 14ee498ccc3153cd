import type { SourceFile } from '../plan/problem.js';

const OWNER = 'owner: marketing@example.com';

/** A playbook to play with: it asks only of what any CRM's timeline tells, so that its plays find records anywhere. */
export const SAMPLE_PLAYBOOK: readonly SourceFile[] = [
  {
    path: 'playbook.yaml',
    text: `# A sample. Try whatever you like: nothing of it is published.
name: Sample
currency: EUR
zone: UTC
costs: { minute: 0.005, touch: 0.05 }
contactPolicy:
  # For each contact, over all reps.
  limits: [{ touches: 3, days: 7 }]
  touches: { call-made: call, email-sent: email }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 10000, unit: money }
  - { id: trust, label: Trust, weight: 0.5, scale: 1, unit: points }
reasons:
  - { id: wrongMoment, label: Wrong moment, scope: rep }
`,
  },
  {
    path: 'attributes.yaml',
    text: `attributes:
  - id: daysSilent
    label: Days since the buyer wrote
    type: number
    unit: days
    of: account
    says: No word for {value} days
    derive: { daysSince: { types: [email-received, call-received, meeting-held], by: buyer } }
  - id: openCases
    label: Cases that were opened in 30 days
    type: number
    of: account
    derive: { count: { types: [case-opened], days: 30 } }
  - id: subject
    label: What it is about
    type: choice
    of: account
    values:
      - { id: price, label: Price, synonyms: [cost, discount] }
      - { id: service, label: Service }
      - { id: talking-again, label: Talking again, synonyms: [silence] }
`,
  },
  {
    path: 'plays/silent-buyer.yaml',
    text: `id: silent-buyer
title: Call {account.name}
why: Nobody there has answered for two weeks.
about: account
trigger:
  becomes: { daysSilent: { gte: 14 } }
  rearm: { daysSilent: { lt: 7 } }
suitability: { openCases: 0 }
action: { kind: call, minutes: 15, touch: call }
for: owner
serves: { revenue: { value: 3000 } }
content: { subject: talking-again }
expires: 14 days
coolDown: { done: 14 days, notRelevant: 60 days }
${OWNER}
`,
  },
  {
    path: 'plays/open-case.yaml',
    text: `id: open-case
title: Ask {account.name} how the case is going
why: A case was opened. Whoever calls before the customer does is remembered for it.
about: account
trigger: { event: case-opened }
action: { kind: call, minutes: 10, touch: call }
for: owner
serves: { trust: { value: 1 } }
content: { subject: service }
expires: 7 days
coolDown: { done: 30 days, notRelevant: 30 days }
${OWNER}
`,
  },
  {
    path: 'plays/after-a-meeting.yaml',
    text: `id: after-a-meeting
title: Send {account.name} what was agreed
why: What is written within a day is what people remember.
about: account
trigger: { event: meeting-held }
action: { kind: email, minutes: 10, touch: email }
for: owner
serves: { revenue: { value: 1500 }, trust: { value: 0.5 } }
expires: 2 days
coolDown: { done: 1 day, notRelevant: 14 days }
${OWNER}
`,
  },
  {
    path: 'content/reopen-a-talk.md',
    text: `---
id: reopen-a-talk
title: How to reopen a talk
kind: talk-track
attributes: { subject: talking-again }
${OWNER}
---
Say what has changed since you spoke last, and ask what has changed there.
Do not ask whether they have seen your message.
`,
  },
  {
    path: 'content/after-a-case.md',
    text: `---
id: after-a-case
title: What to say while a case is open
kind: talk-track
attributes: { subject: service }
${OWNER}
---
- Name the case, and what happens next.
- Say when you call again, and do.
`,
  },
];
