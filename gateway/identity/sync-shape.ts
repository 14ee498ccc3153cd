import type { Shape } from 'opportune/plan';

/** A part of gateway.yaml whose `SECRET` names a place and never a secret. */
export const syncShape = (secret: Shape, address: Shape): Shape => ({
  is: 'fields',
  about: 'The CRM is read, and what reps do is written back to it, as an integration user.',
  required: ['map'],
  oneOf: ['salesforce', 'hubspot'],
  fields: {
    map: {
      is: 'text',
      about: 'The mapping file, beside this one; opportune connect proposes one.',
    },
    writeTo: {
      is: 'text',
      pattern: '^[A-Za-z]\\w{0,99}$',
      like: 'OpportuneKey__c',
      about:
        'The field of activities, or property of tasks and notes, that holds our key. Without it nothing is written back.',
    },
    minutes: {
      is: 'number',
      min: 0.02,
      max: 1440,
      about:
        'How often it is asked what changed, where nothing hints at a change; 5 when left out.',
    },
    salesforce: {
      is: 'fields',
      required: ['login', 'clientId'],
      oneOf: ['clientSecret', 'privateKey'],
      fields: {
        login: { ...address, about: 'Your own address, https://acme.my.salesforce.com' },
        clientId: { is: 'text', about: 'The consumer key of the external client app.' },
        clientSecret: {
          ...secret,
          about: 'Its consumer secret, for the client credentials flow.',
        },
        privateKey: {
          ...secret,
          about: 'In its place the key whose certificate the app has, for the JWT bearer flow.',
        },
        username: { is: 'text', about: 'With privateKey: the user that the app speaks for.' },
        changeEvents: {
          is: 'list',
          of: { is: 'text', pattern: '^[A-Za-z]\\w*$', like: 'Account' },
          about: 'Objects whose Change Data Capture is on: they tell at once that they changed.',
        },
      },
    },
    hubspot: {
      is: 'fields',
      oneOf: ['token', 'clientId'],
      fields: {
        token: { ...secret, about: 'The access token of the private app, or a service key.' },
        clientId: {
          is: 'text',
          about: 'In its place: an app that was installed (OAuth), by its id.',
        },
        clientSecret: { ...secret, about: 'With clientId: the secret of the app.' },
        refreshToken: {
          ...secret,
          about:
            'With clientId: what the app was given when it was installed. Later ones are kept in the database, sealed.',
        },
        url: { ...address, about: 'In place of https://api.hubapi.com.' },
        version: {
          is: 'text',
          pattern: '^\\d{4}-\\d{2}$',
          like: '2026-03',
          about: 'Calls the dated paths in place of those that end in 2027.',
        },
      },
    },
  },
});
