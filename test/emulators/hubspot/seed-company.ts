import { createRandom } from '../../../src/core/random.js';
import { FIRST, LAST, type SeedOptions, TRADES, WORDS } from '../company-words.js';
import { iso, type Portal } from './portal.js';
import { STAGES } from './schema.js';

const DAY_MS = 86_400_000;

/** A company with reps, products, accounts, contacts, deals with line items, calls, meetings, tasks and notes of two years. */
export function seedCompany(portal: Portal, { seed, accounts, setTime, until }: SeedOptions): void {
  const random = createRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(random() * items.length)] as Item;
  const chance = (share: number): boolean => random() < share;
  /** Of its own, so that what there was before stays as it was. */
  const more = createRandom(`${seed}/line items`);
  const begin = until - 730 * DAY_MS;
  const step = Math.max(1, Math.floor((until - begin - DAY_MS) / (accounts * 13 + 40)));
  let at = begin;
  const pass = (): void => {
    at = Math.min(until - 1_000, at + step);
    setTime(at);
  };
  const create = (
    object: string,
    values: { readonly [name: string]: unknown },
    links: { readonly [to: string]: string | undefined } = {},
  ): string => {
    pass();
    const { id } = portal.create(object, values);
    for (const [to, other] of Object.entries(links))
      if (other !== undefined) portal.link(object, id, to, other);
    return id;
  };

  setTime(at);
  ['Ada Admin', 'Kim Rep', 'Lou Rep', 'Max Rep', 'Noa Rep', 'Old Rep'].forEach((name, index) => {
    const [firstName = '', lastName = ''] = name.split(' ');
    const email = `${firstName.toLowerCase()}.${lastName.toLowerCase()}@acme.test`;
    portal.owners.push({
      id: String(4_100 + index),
      userId: 900 + index * 7,
      firstName,
      lastName,
      email,
      createdAt: at,
      updatedAt: at,
      archived: firstName === 'Old',
    });
  });
  const owners = portal.owners.slice(1).map(({ id }) => id);
  for (const [from, worth] of [
    ['USD', 0.909091],
    ['JPY', 0.00625],
  ] as const)
    portal.rates.push({ id: from, from, worth, effectiveAt: at, updatedAt: at });
  const products = ['Pump P1', 'Pump P2', 'Valve V1'].map((name) => {
    const sold = { name, hs_sku: name.slice(-2), price: '99.5' };
    return { ...sold, hs_product_id: create('products', sold) };
  });
  for (let number = 0; number < accounts; number++) {
    const hubspot_owner_id = pick(owners);
    const company = create('companies', {
      name: `${pick(WORDS)} ${pick(TRADES)} ${number + 1}`,
      domain: `customer${number}.test`,
      hubspot_owner_id,
      ...(chance(0.8) && {
        industry: pick(['RETAIL', 'MANUFACTURING', 'HEALTHCARE', 'SOFTWARE', 'MINING']),
      }),
      ...(chance(0.6) && { annualrevenue: String(Math.floor(random() * 900_000) + 0.5) }),
      ...(chance(0.7) && { numberofemployees: String(Math.floor(random() * 5_000)) }),
      ...(chance(0.4) && {
        renewal_date: iso(until + Math.floor(random() * 200) * DAY_MS).slice(0, 10),
      }),
      ...(chance(0.3) && { segments: pick(['North', 'North;Key', 'South']) }),
      ...(chance(0.3) && { description: `Said: "we grow",\nand meant it.` }),
    });
    const contacts = Array.from({ length: 1 + Math.floor(random() * 2) }, (_, index) =>
      create(
        'contacts',
        {
          firstname: pick(FIRST),
          lastname: pick(LAST),
          email: `c${number}-${index}@customer.test`,
          jobtitle: pick(['Buyer', 'CTO', 'Head of Operations']),
          hs_email_optout: String(chance(0.1)),
          hubspot_owner_id,
        },
        // Some people belong to no company; the fourth of all never does, so that each portal has one.
        { companies: chance(0.97) && number !== 3 ? company : undefined },
      ),
    );
    const deals = Array.from({ length: Math.floor(random() * 3) }, (_, index) =>
      create(
        'deals',
        {
          dealname: `Deal ${number + 1}.${index + 1}`,
          pipeline: 'default',
          dealstage: pick(STAGES).id,
          ...(chance(0.9) && { amount: String(Math.floor(random() * 100_000) + 0.25) }),
          deal_currency_code: pick(['EUR', 'EUR', 'USD', 'JPY']),
          closedate: iso(at - Math.floor(random() * 60) * DAY_MS),
          hubspot_owner_id,
        },
        { companies: company, contacts: contacts[0] },
      ),
    );
    for (const deal of deals)
      for (const product of products)
        if (more() < 0.45) {
          const quantity = String(1 + Math.floor(more() * 5));
          const { deal_currency_code } = portal.get('deals', deal).properties;
          const hs_line_item_currency_code = deal_currency_code;
          create(
            'line_items',
            { ...product, quantity, hs_line_item_currency_code },
            { deals: deal },
          );
        }
    const links = { companies: company, contacts: pick(contacts), deals: deals[0] };
    const when = { hs_timestamp: iso(at - 3 * DAY_MS), hubspot_owner_id };
    create(
      'calls',
      {
        ...when,
        hs_call_title: 'Call',
        hs_call_body: '=1+1, he said',
        hs_call_direction: pick(['INBOUND', 'OUTBOUND']),
        hs_call_status: pick(['COMPLETED', 'COMPLETED', 'NO_ANSWER']),
      },
      links,
    );
    create(
      'meetings',
      {
        ...when,
        hs_meeting_title: 'Visit',
        hs_meeting_start_time: when.hs_timestamp,
        hs_meeting_end_time: iso(at - 3 * DAY_MS + 3_600_000),
        hs_meeting_outcome: 'COMPLETED',
      },
      links,
    );
    create(
      'tasks',
      {
        ...when,
        hs_task_subject: 'Send the offer',
        hs_task_status: pick(['COMPLETED', 'NOT_STARTED']),
        hs_task_priority: 'HIGH',
        hs_task_type: 'EMAIL',
      },
      links,
    );
    if (chance(0.5)) create('notes', { ...when, hs_note_body: 'They like the price.' }, links);
    if (chance(0.3))
      create('2-1001', { serial: `M-${number}`, model: 'P1' }, { companies: company });
  }
}
