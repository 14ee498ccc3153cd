/** What a path without a date is called with one. Tokens are given out under another name. */
const RULES: readonly (readonly [RegExp, (version: string) => string])[] = [
  [
    /^\/crm\/v[34]\/(objects|associations|properties|pipelines)\//,
    (version) => `/crm/$1/${version}/`,
  ],
  [/^\/crm\/v3\/owners(?:\/?$|\/(?=.))/, (version) => `/crm/owners/${version}/`],
  [/^\/crm-object-schemas\/v3\//, (version) => `/crm-object-schemas/${version}/`],
  [/^\/settings\/v3\/currencies\//, (version) => `/settings/currencies/${version}/`],
  [/^\/account-info\/v3\//, (version) => `/account-info/${version}/`],
  [/^\/oauth\/v1\/token$/, (version) => `/oauth/${version}/token`],
];

/** The path as it is called in that version, such as `2026-03`. */
export function datePath(path: string, version: string): string {
  for (const [rule, to] of RULES)
    if (rule.test(path)) return path.replace(rule, to(version)).replace(/\/$/, '');
  return path;
}

/** The request of HubSpot's client, as far as it is used. */
interface RequestContext {
  getUrl(): string;
  setUrl(url: string): void;
}

/**
 * For the option `middleware` of HubSpot's client: it calls the dated paths in place of those of the third and fourth
 * version, which end in September and March 2027.
 */
export function datedPaths(version: string): {
  pre<Context extends RequestContext>(context: Context): Promise<Context>;
  post<Context>(context: Context): Promise<Context>;
} {
  return {
    async pre(context) {
      const url = new URL(context.getUrl());
      url.pathname = datePath(url.pathname, version);
      context.setUrl(url.href);
      return context;
    },
    post: async (context) => context,
  };
}
