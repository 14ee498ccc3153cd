import { compilePlaybook, formatProblem } from 'opportune/plan';

/** A playbook for both CRMs: one play for every account, one for every opportunity. */
const SOURCES: { readonly [path: string]: string } = {
  'playbook.yaml': `
name: For the extension
currency: EUR
zone: UTC
contactPolicy: { limits: [{ touches: 50, days: 7 }], touches: { call-made: call } }
goals: [{ id: revenue, label: Revenue, weight: 1, scale: 10000, unit: money }]
reasons: [{ id: wrong, label: Wrong, scope: record }]
`,
  'attributes.yaml': `
attributes:
  - { id: industry, label: Industry, type: text, of: account }
`,
  'products.yaml': 'products: []\n',
  'plays/call-account.yaml': `
id: call-account
title: Call {account.name}
why: Nobody has called yet
about: account
trigger: { opened: true }
action: { kind: call, minutes: 10, touch: call }
for: team
serves: { revenue: { value: 500 } }
owner: ana@example.com
`,
  'plays/ask-deal.yaml': `
id: ask-deal
title: Ask about {opportunity.name}
why: The deal is open
about: opportunity
trigger: { opened: true }
action: { kind: call, minutes: 5, touch: call }
for: team
serves: { revenue: { value: 100 } }
owner: ana@example.com
`,
};

export function compileForExtension(): string {
  const files = Object.entries(SOURCES).map(([path, text]) => ({ path, text }));
  const { playbook, problems } = compilePlaybook(files, { today: '2026-11-30' });
  if (!playbook) throw new Error(problems.map(formatProblem).join('\n'));
  return JSON.stringify(playbook);
}

export const SALESFORCE_MAP = `
connection: crm
zone: UTC
currency: EUR
objects:
  User:
    facts:
      - record: rep
        set: { name: Name, email: Email }
  Account:
    facts:
      - record: account
        set: { name: Name, owner: { rep: OwnerId }, industry: Industry }
  Contact:
    facts:
      - record: contact
        of: AccountId
        set: { name: Name, email: Email }
  Opportunity:
    facts:
      - record: opportunity
        of: AccountId
        set: { name: Name }
  Task:
    facts:
      - activity: call-made
        of: AccountId
        when: { TaskSubtype: Call, IsClosed: true }
        at: CompletedDateTime
        about: { contact: WhoId, opportunity: WhatId }
        by: { rep: OwnerId }
        set: { text: Description }
`;

export const HUBSPOT_MAP = `
connection: crm
zone: UTC
currency: EUR
objects:
  owners:
    facts:
      - record: rep
        set: { name: name, email: email }
  companies:
    facts:
      - record: account
        set: { name: name, owner: { rep: hubspot_owner_id }, industry: industry }
  contacts:
    facts:
      - record: contact
        of: [associatedcompanyid, association/companies]
        set: { name: hs_full_name_or_email, email: email }
  deals:
    facts:
      - record: opportunity
        of: [hs_primary_associated_company, association/companies]
        set: { name: dealname }
`;
