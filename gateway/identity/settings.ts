import type { FieldMap } from '@opportune/connector-salesforce';
import type { RecordKind } from '../../src/domain/value.js';
import type { Rule } from '../access/rule-access.js';
import type { CrmSignIn } from '../crm/crm-sign-in.js';
import type { NotificationBudget } from '../digest/notification-budget.js';
import type { Role } from './identity.js';

/** `gateway.yaml`, checked, with the secrets that it points to. Never printed as it is. */
export interface GatewaySettings {
  /** Scheme and host, without a slash at the end. */
  readonly publicUrl: string;
  /** Origins of pages that show the panel: they may call the gateway, and hold its pages in a frame. */
  readonly pages: readonly string[];
  readonly panelTokens: {
    /** Milliseconds. */
    readonly lifetime: number;
    /** The first signs. Empty: the gateway makes one at its start. */
    readonly keys: readonly PanelKey[];
  };
  /** Absent: texts of persons lie in the database as they are. */
  readonly people?: {
    readonly masterKey: Uint8Array;
    /** They open what was wrapped by them, until it is wrapped anew. */
    readonly formerKeys: readonly Uint8Array[];
  };
  /** Absent: no morning mail is sent. */
  readonly mail?: MailSettings;
  readonly tenants: readonly Tenant[];
}

export interface MailSettings {
  /** The first signs links that stop the mail. */
  readonly secrets: readonly string[];
  /** By connection: where a record opens, with {id}. */
  readonly links: { readonly [connection: string]: string };
  readonly mailsAMinute: number;
  /** `HH:MM` where each rep is. */
  readonly at: string;
  readonly budget: NotificationBudget;
}

export interface PanelKey {
  readonly id: string;
  /** At least 32 bytes. */
  readonly secret: Uint8Array;
}

export interface Tenant {
  readonly id: string;
  readonly connections: readonly Connection[];
  readonly signIn: readonly SignIn[];
  /** What a marketer writes is looked at by a second person before it goes live. */
  readonly needsSecond: boolean;
  /** The folder that the calendars of reps are in, as files; absent: no calendar is known. */
  readonly calendars?: string;
}

/** How a CRM is read, and written to. */
export interface Sync {
  readonly signIn: CrmSignIn;
  readonly map: FieldMap;
  /** Milliseconds between two readings where nothing hints at a change. */
  readonly everyMs: number;
  /** What holds our key at the CRM; absent: nothing is written back. */
  readonly keyField?: string;
  readonly changeEvents?: readonly string[];
}

export type Connection = {
  readonly name: string;
  /** Absent: facts come in by other ways. */
  readonly sync?: Sync;
} & (
  | {
      readonly crm: 'salesforce';
      readonly instance: string;
      /** Attributes with the field that each comes from, `Account.Industry`. */
      readonly attributes: ReadonlyMap<string, string>;
    }
  | {
      readonly crm: 'rules';
      readonly records: { readonly [kind in RecordKind]?: Rule };
      /** Attributes with the teams that alone see each. */
      readonly attributes: ReadonlyMap<string, readonly string[]>;
    }
);

export type SignIn = OidcSignIn | CanvasSignIn | HubspotSignIn;

export interface OidcSignIn {
  readonly how: 'oidc';
  readonly issuer: string;
  readonly audience: string;
  readonly keys: string;
  readonly requires: { readonly [claim: string]: string };
  readonly rep?: {
    readonly claim: string;
    readonly connection: string;
    readonly salesforce: boolean;
  };
  readonly roles: { readonly claim: string; readonly map: ReadonlyMap<string, readonly Role[]> };
  readonly teams?: { readonly claim: string };
}

export interface CanvasSignIn {
  readonly how: 'canvas';
  readonly connection: string;
  /** In 18 characters. */
  readonly organization: string;
  readonly secret: string;
  readonly roles: readonly Role[];
  /** Milliseconds. */
  readonly maxAge: number;
}

export interface HubspotSignIn {
  readonly how: 'hubspot';
  readonly connection: string;
  readonly portal: number;
  readonly secret: string;
  readonly roles: readonly Role[];
}
