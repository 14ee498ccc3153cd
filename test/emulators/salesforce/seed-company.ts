import { createRandom } from '../../../src/core/random.js';
import { FIRST, LAST, type SeedOptions, TRADES, WORDS } from '../company-words.js';
import type { Org } from './org.js';

const STAGES = ['Prospecting', 'Proposal', 'Negotiation', 'Closed Won', 'Closed Lost'];
const DAY_MS = 86_400_000;

/** A company with reps, accounts under parents, contacts, deals, tasks and events of two years. The first user is the admin. */
export function seedCompany(org: Org, { seed, accounts, setTime, until }: SeedOptions): string {
  const random = createRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(random() * items.length)] as Item;
  const chance = (share: number): boolean => random() < share;
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const begin = until - 730 * DAY_MS;
  let at = begin;
  /** Steps of two seconds: every record has a moment of its own, and nothing is in the future. */
  const step = Math.max(
    1_000,
    Math.floor((until - begin - DAY_MS) / (accounts * 8 + 20) / 1_000) * 1_000,
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
  for (const Name of ['Pump P1', 'Pump P2', 'Valve V1'])
    create(
      'Product2',
      { Name, Family: Name.startsWith('P') ? 'Pumps' : 'Valves', IsActive: true },
      admin,
    );
  const reps = users.slice(1);
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
