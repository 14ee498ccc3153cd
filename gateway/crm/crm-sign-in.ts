/** How the gateway signs in to a CRM as the integration user. Holds secrets: never printed. */
export type CrmSignIn = SalesforceSignIn | HubspotSignIn;

export interface SalesforceSignIn {
  readonly crm: 'salesforce';
  /** `https://acme.my.salesforce.com`, where tokens are asked for. */
  readonly login: string;
  readonly clientId: string;
  /** The client credentials of an app that runs as one user, or a key by which the app speaks for a user (JWT bearer). */
  readonly proof:
    | { readonly clientSecret: string }
    | { readonly username: string; readonly privateKey: string };
}

export type HubspotSignIn = HubspotPlace & (HubspotToken | { readonly app: HubspotApp });

interface HubspotToken {
  /** Of a private app, or a service key. It stays. */
  readonly token: string;
}

/** An app that was installed in the account (OAuth). */
export interface HubspotApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** What it was given when it was installed; a later one that HubSpot gave in its place is kept elsewhere. */
  readonly refreshToken: string;
  /** The file that holds it, into which a later one is written where nothing else keeps it. */
  readonly refreshTokenFile?: string;
}

interface HubspotPlace {
  readonly crm: 'hubspot';
  /** `https://api.hubapi.com` where it is not said. */
  readonly origin?: string;
  /** Such as `2026-03`, of the dated paths. */
  readonly version?: string;
}

export type CrmName = CrmSignIn['crm'];
export const CRM_NAMES: readonly CrmName[] = ['salesforce', 'hubspot'];

export const isCrmName = (text: string): text is CrmName => CRM_NAMES.some((name) => name === text);
