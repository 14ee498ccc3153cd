import { createRandom } from '../../../src/core/random.js';
import { FIRST, LAST, type SeedOptions, TRADES, WORDS } from '../company-words.js';
import type { Org } from './org.js';

const STAGES = ['Prospecting', 'Proposal', 'Negotiation', 'Closed Won', 'Closed Lost'];
const DAY_MS = 86_400_000;

/**
 * A company with reps in territories, products with prices, accounts under parents, contacts, deals with what is in them,
 * tasks and events of two years. The first user is the admin.
 */
export function seedCompany(org: Org, { seed, accounts, setTime, until }: SeedOptions): string {
  const random = createRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(random() * items.length)] as Item;
  const chance = (share: number): boolean => random() < share;
  /** Of its own, so that what there was before stays as it was. */
  const more = createRandom(`${seed}/products and territories`);
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const begin = until - 730 * DAY_MS;
  let at = begin;
  /** Steps of two seconds: every record has a moment of its own, and nothing is in the future. */
  const step = Math.max(
    1_000,
    Math.floor((until - begin - DAY_MS) / (accounts * 12 + 60) / 1_000) * 1_000,
  );
  const create = (
    object: string,
    values: { readonly [field: string]: unknown },
    by: string,
  ): string => {
    at = Math.min(until - 1_000, at + step);
    setTime(at);
    return org.create(object, values, by).id;
  };

  const users = ['Ada Admin', 'Kim Rep', 'Lou Rep', 'Max Rep', 'Noa Rep'].map((Name) =>
    create(
      'User',
      {
        Name,
        Username: `${Name.toLowerCase().replace(' ', '.')}@acme.test`,
        Email: `${Name.toLowerCase().replace(' ', '.')}@acme.test`,
        IsActive: true,
        TimeZoneSidKey: 'Europe/Berlin',
      },
      '',
    ),
  );
  const admin = users[0] ?? '';
  for (const [IsoCode, ConversionRate, DecimalPlaces] of [
    ['EUR', 1, 2],
    ['USD', 1.1, 2],
    ['JPY', 160, 0],
  ] as const)
    create(
      'CurrencyType',
      { IsoCode, ConversionRate, DecimalPlaces, IsActive: true, IsCorporate: IsoCode === 'EUR' },
      admin,
    );
  const [standard = '', special = ''] = ['Standard Price Book', 'Partners'].map((Name) =>
    create('Pricebook2', { Name, IsActive: true }, admin),
  );
  org.get('Pricebook2', standard).IsStandard = true;
  const prices = new Map<string, string[]>();
  for (const [Name, euros] of [
    ['Pump P1', 1_200],
    ['Pump P2', 2_450.5],
    ['Valve V1', 99.95],
  ] as const) {
    const Family = Name.startsWith('P') ? 'Pumps' : 'Valves';
    const ProductCode = Name.slice(-2);
    const Product2Id = create('Product2', { Name, ProductCode, Family, IsActive: true }, admin);
    for (const [CurrencyIsoCode, worth] of [
      ['EUR', 1],
      ['USD', 1.1],
      ['JPY', 160],
    ] as const) {
      const UnitPrice = Math.round(euros * worth * (CurrencyIsoCode === 'JPY' ? 1 : 100));
      const price = { UnitPrice: CurrencyIsoCode === 'JPY' ? UnitPrice : UnitPrice / 100 };
      const entry = { Pricebook2Id: standard, Product2Id, CurrencyIsoCode, IsActive: true };
      const id = create('PricebookEntry', { ...entry, ...price }, admin);
      prices.set(CurrencyIsoCode, [...(prices.get(CurrencyIsoCode) ?? []), id]);
    }
    const cheap = { CurrencyIsoCode: 'EUR', UnitPrice: 1, IsActive: true };
    create('PricebookEntry', { Pricebook2Id: special, Product2Id, ...cheap }, admin);
  }
  const reps = users.slice(1);
  const [inForce = '', planned = ''] = ['Active', 'Planning'].map((State) =>
    create('Territory2Model', { Name: `${State} model`, State }, admin),
  );
  const territories = ['North', 'South', 'Overseas'].map((Name) =>
    create('Territory2', { Name, Territory2ModelId: inForce }, admin),
  );
  const draft = create('Territory2', { Name: 'Draft', Territory2ModelId: planned }, admin);
  reps.forEach((UserId, index) => {
    const Territory2Id = territories[index % territories.length] ?? '';
    create('UserTerritory2Association', { UserId, Territory2Id, IsActive: true }, admin);
  });
  const made: string[] = [];
  for (let number = 0; number < accounts; number++) {
    const OwnerId = pick(reps);
    const CurrencyIsoCode = pick(['EUR', 'EUR', 'USD', 'JPY']);
    const account = create(
      'Account',
      {
        Name: `${pick(WORDS)} ${pick(TRADES)} ${number + 1}`,
        OwnerId,
        CurrencyIsoCode,
        ...(made.length > 4 && chance(0.2) && { ParentId: pick(made) }),
        ...(chance(0.8) && {
          Industry: pick(['Retail', 'Manufacturing', 'Healthcare', 'Software', 'Mining']),
        }),
        ...(chance(0.6) && { AnnualRevenue: Math.floor(random() * 900_000) + 0.5 }),
        ...(chance(0.7) && { NumberOfEmployees: Math.floor(random() * 5_000) }),
        ...(chance(0.4) && { RenewalDate__c: day(until + Math.floor(random() * 200) * DAY_MS) }),
        ...(chance(0.3) && { Segments__c: pick(['North', 'North;Key', 'South']) }),
        ...(chance(0.3) && { Description: `Said: "we grow",\nand meant it.` }),
      },
      admin,
    );
    made.push(account);
    const held = [more(), more()].map((share) => territories[Math.floor(share * 5)]);
    for (const Territory2Id of new Set([...held, number % 4 === 0 ? draft : undefined]))
      if (Territory2Id !== undefined)
        create(
          'ObjectTerritory2Association',
          { ObjectId: account, Territory2Id, AssociationCause: 'Territory2AssignmentRule' },
          admin,
        );
    const contacts = Array.from({ length: 1 + Math.floor(random() * 2) }, (_, index) =>
      create(
        'Contact',
        {
          // Some people belong to no company.
          ...(chance(0.97) && { AccountId: account }),
          FirstName: pick(FIRST),
          LastName: pick(LAST),
          Email: `c${number}-${index}@customer.test`,
          Title: pick(['Buyer', 'CTO', 'Head of Operations']),
          HasOptedOutOfEmail: chance(0.1),
          OwnerId,
        },
        admin,
      ),
    );
    const deals = Array.from({ length: Math.floor(random() * 3) }, (_, index) =>
      create(
        'Opportunity',
        {
          AccountId: account,
          Name: `Deal ${number + 1}.${index + 1}`,
          StageName: pick(STAGES),
          ...(chance(0.9) && { Amount: Math.floor(random() * 100_000) + 0.25 }),
          CloseDate: day(at + Math.floor(random() * 60) * DAY_MS),
          CurrencyIsoCode,
          OwnerId,
        },
        admin,
      ),
    );
    const entries = prices.get(CurrencyIsoCode) ?? [];
    for (const OpportunityId of deals)
      for (const PricebookEntryId of entries)
        if (more() < 0.45) {
          const Quantity = 1 + Math.floor(more() * 5);
          create('OpportunityLineItem', { OpportunityId, PricebookEntryId, Quantity }, admin);
        }
    const about = { WhoId: pick(contacts), WhatId: deals[0] ?? account, OwnerId };
    create(
      'Task',
      {
        ...about,
        Subject: 'Call',
        Status: 'Completed',
        TaskSubtype: 'Call',
        ActivityDate: day(at),
        Description: '=1+1, he said',
      },
      OwnerId,
    );
    create(
      'Task',
      {
        ...about,
        Subject: 'Send the offer',
        Status: pick(['Completed', 'Not Started']),
        TaskSubtype: 'Email',
        ActivityDate: day(at),
      },
      OwnerId,
    );
    const start = new Date(at - 3 * DAY_MS).toISOString();
    create(
      'Event',
      {
        ...about,
        Subject: 'Visit',
        StartDateTime: start,
        EndDateTime: start,
        DurationInMinutes: 60,
      },
      OwnerId,
    );
  }
  return admin;
}
