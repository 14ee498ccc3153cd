import type { Shape } from 'opportune/plan';
import { syncShape } from './sync-shape.js';

const NAME: Shape = { is: 'text', pattern: '^[a-z0-9][a-z0-9-]{0,39}$', like: 'acme' };
const TEXT: Shape = { is: 'text' };
const CLAIM: Shape = { is: 'text', like: 'groups' };
const SECRET: Shape = {
  is: 'text',
  secret: true,
  pattern: '^(env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*)$',
  like: 'env:CANVAS_SECRET or file:/run/secrets/canvas',
  about: 'Where the secret is, never the secret itself: env:NAME or file:PATH.',
};
const TIME: Shape = { is: 'text', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', like: '07:30' };
const ADDRESS: Shape = {
  is: 'text',
  pattern: '^https?://[^\\s/?#@]+(/[^\\s?#]*)?$',
  like: 'https://login.example.com',
};
const ORIGIN: Shape = {
  is: 'text',
  pattern: '^https?://[^\\s/?#@]+$',
  like: 'https://opportune.example.com',
};
/** As {@link ROLES}; a connector's role comes with its token alone. */
const ROLE_LIST: Shape = {
  is: 'list',
  min: 1,
  of: { is: 'choice', options: ['rep', 'marketer', 'manager', 'admin', 'auditor'] },
};
const CLAIM_LISTS: Shape = {
  is: 'fields',
  required: ['claim', 'map'],
  fields: {
    claim: { ...CLAIM, about: 'The claim that holds a word or a list of words.' },
    map: {
      is: 'names',
      of: ROLE_LIST,
      about: 'Which roles each word stands for; other words for none.',
    },
  },
};

const OIDC: Shape = {
  is: 'fields',
  about: 'OpenID Connect: a bearer token that your identity provider signed.',
  required: ['issuer', 'audience', 'keys', 'roles'],
  fields: {
    issuer: { ...ADDRESS, about: 'The claim iss, to the letter.' },
    audience: { ...TEXT, about: 'What the claim aud must hold.' },
    keys: { ...ADDRESS, about: "The provider's JSON Web Key Set (jwks_uri of its configuration)." },
    requires: {
      is: 'names',
      of: TEXT,
      about: 'Claims and the text each must hold, where one issuer serves several companies.',
    },
    rep: {
      is: 'fields',
      required: ['claim', 'connection'],
      fields: {
        claim: { ...CLAIM, about: "The claim that holds the user's id in the CRM." },
        connection: { ...NAME, about: 'The connection that the id belongs to.' },
      },
    },
    roles: CLAIM_LISTS,
    teams: {
      is: 'fields',
      required: ['claim'],
      fields: { claim: { ...CLAIM, about: 'The claim that holds the team, or a list of them.' } },
    },
  },
};

const CANVAS: Shape = {
  is: 'fields',
  about: 'The signed request that Salesforce posts to a Canvas app.',
  required: ['connection', 'organization', 'secret', 'roles'],
  fields: {
    connection: NAME,
    organization: {
      is: 'text',
      pattern: '^00D[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$',
      like: '00Dxx0000001gPLEAY',
      about: "The organization's id, in 15 or 18 characters.",
    },
    secret: SECRET,
    roles: ROLE_LIST,
    minutes: {
      is: 'number',
      min: 1,
      max: 60,
      about: 'How old a request may be; 5 when left out.',
    },
  },
};

const HUBSPOT: Shape = {
  is: 'fields',
  about: "HubSpot's v3 signature, on hubspot.fetch and on webhooks.",
  required: ['connection', 'portal', 'secret', 'roles'],
  fields: {
    connection: NAME,
    portal: {
      is: 'number',
      min: 1,
      whole: true,
      about: "The account's id, as in HubSpot's addresses.",
    },
    secret: SECRET,
    roles: ROLE_LIST,
  },
};

const SALESFORCE_ACCESS: Shape = {
  is: 'fields',
  about: 'Salesforce says what each rep may see, asked as the rep or by its own Apex.',
  required: ['instance'],
  fields: {
    instance: { ...ORIGIN, about: 'https://acme.my.salesforce.com' },
    attributes: {
      is: 'names',
      of: { is: 'text', pattern: '^[A-Za-z]\\w*\\.[A-Za-z]\\w*$', like: 'Account.Industry' },
      about:
        'Attributes and the field that each comes from: hidden from whoever may not read the field.',
    },
  },
};

const RULES_ACCESS: Shape = {
  is: 'fields',
  about: 'Rules decide, by owner and team. What no rule names nobody sees.',
  required: ['records'],
  fields: {
    records: {
      is: 'fields',
      about:
        "Who sees a record beside its owner: own (nobody), team (the owner's), everyone, or a list of teams.",
      fields: Object.fromEntries(
        ['account', 'contact', 'opportunity'].map((kind): [string, Shape] => [
          kind,
          {
            is: 'either',
            of: [
              { is: 'choice', options: ['own', 'team', 'everyone'] },
              { is: 'list', of: TEXT, min: 1 },
            ],
          },
        ]),
      ),
    },
    attributes: {
      is: 'names',
      of: { is: 'list', of: TEXT },
      about: 'Attributes that only these teams see.',
    },
  },
};

/** What `gateway.yaml` may hold. */
export const GATEWAY_SHAPE: Shape = {
  is: 'fields',
  required: ['publicUrl', 'tenants'],
  fields: {
    publicUrl: {
      ...ORIGIN,
      about: 'Where panels and CRMs reach the gateway: signatures are made over this address.',
    },
    pages: {
      is: 'list',
      of: { ...ORIGIN, like: 'https://acme.lightning.force.com' },
      about: 'Pages that show the panel: they may call the gateway, and hold its pages in a frame.',
    },
    panelTokens: {
      is: 'fields',
      about: 'The tokens of panels. Without keys they end when the gateway starts anew.',
      fields: {
        minutes: { is: 'number', min: 1, max: 60, about: 'How long one holds; 5 when left out.' },
        keys: {
          is: 'list',
          min: 1,
          about: 'The first signs, the others are still believed: put a new one in front.',
          of: {
            is: 'fields',
            required: ['id', 'secret'],
            fields: { id: { ...NAME, like: 'november' }, secret: SECRET },
          },
        },
      },
    },
    people: {
      is: 'fields',
      required: ['masterKey'],
      about: 'Texts of persons are sealed in the database, each person under a key of their own.',
      fields: {
        masterKey: {
          ...SECRET,
          about: 'Wraps those keys: 32 bytes in base64 or hex, kept apart from the database.',
        },
        formerKeys: {
          is: 'list',
          of: SECRET,
          about:
            'Master keys that the other takes the place of: still believed, until opportune keys rotate is done.',
        },
      },
    },
    mail: {
      is: 'fields',
      required: ['secrets', 'links'],
      about:
        'The morning mail. The mail server is named by OPPORTUNE_SMTP_URL and OPPORTUNE_MAIL_FROM.',
      fields: {
        secrets: {
          is: 'list',
          min: 1,
          of: SECRET,
          about:
            'Sign the link that stops the mail. The first signs, the others are still believed.',
        },
        links: {
          is: 'names',
          of: { ...TEXT, like: 'https://acme.lightning.force.com/{id}' },
          about: 'Where a record opens, by the connection that its id begins with.',
        },
        at: {
          ...TIME,
          about: 'When a morning begins, on the clock where each rep is; 07:30 when left out.',
        },
        quiet: {
          is: 'fields',
          required: ['from', 'to'],
          about: 'When no rep is disturbed, on the clock where each is: from 18:00 to 07:30.',
          fields: { from: TIME, to: TIME },
        },
        perWeek: {
          is: 'number',
          min: 0,
          max: 7,
          whole: true,
          about: 'Mails that a rep has in seven days at most; 5 when left out.',
        },
        mailsAMinute: { is: 'number', min: 1, max: 10000, whole: true, about: '60 when left out.' },
      },
    },
    tenants: {
      is: 'names',
      about: 'Companies, by a short name.',
      of: {
        is: 'fields',
        required: ['connections'],
        fields: {
          connections: {
            is: 'names',
            about: 'The CRMs, by the name that record ids begin with, and who sees what of each.',
            of: {
              is: 'fields',
              oneOf: ['salesforce', 'rules'],
              fields: {
                salesforce: SALESFORCE_ACCESS,
                rules: RULES_ACCESS,
                sync: syncShape(SECRET, ADDRESS),
              },
            },
          },
          playbook: {
            is: 'fields',
            about: 'How the playbook is published.',
            fields: {
              needsSecond: {
                is: 'boolean',
                about:
                  'A second person looks at what a marketer wrote before it goes live; false when left out.',
              },
            },
          },
          calendars: {
            ...TEXT,
            like: '/var/lib/opportune/calendars',
            about:
              'A folder with the calendar of each rep, as crm-rep-ID.ics, that another program keeps: the day plan leaves these times free.',
          },
          signIn: {
            is: 'list',
            about: 'How people of this company prove who they are.',
            of: {
              is: 'fields',
              oneOf: ['oidc', 'canvas', 'hubspot'],
              fields: { oidc: OIDC, canvas: CANVAS, hubspot: HUBSPOT },
            },
          },
        },
      },
    },
  },
};
