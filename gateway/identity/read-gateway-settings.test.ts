import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { formatProblem } from 'opportune/plan';
import { parse } from 'yaml';
import { readGatewaySettings } from './read-gateway-settings.js';

const SECRET = 'a-secret-that-nobody-may-read-anywhere-1';
const GOOD = `publicUrl: https://nba.example.com
panelTokens:
  minutes: 10
  keys: [{ id: december, secret: env:KEY }, { id: november, secret: file:/run/secrets/key }]
tenants:
  acme:
    connections:
      sf: { salesforce: { instance: https://acme.my.salesforce.com, attributes: { account.industry: Account.Industry } } }
      hs: { rules: { records: { account: team, contact: own, opportunity: [north] }, attributes: { account.margin: [finance] } } }
    signIn:
      - canvas: { connection: sf, organization: 00DB0000000ToZ3, secret: env:KEY, roles: [rep] }
      - hubspot: { connection: hs, portal: 62515, secret: env:KEY, roles: [rep, manager] }
      - oidc:
          issuer: https://login.example.com
          audience: opportune
          keys: https://login.example.com/keys
          rep: { claim: crm, connection: hs }
          roles: { claim: groups, map: { sales: [rep] } }
`;
const secrets = (_: 'env' | 'file', name: string): string | undefined =>
  name === 'KEY' || name === '/run/secrets/key' ? `${SECRET}\n` : undefined;
const problemsOf = (text: string): readonly string[] =>
  readGatewaySettings(text, 'gateway.yaml', secrets).problems.map(formatProblem);

describe('gateway.yaml', () => {
  it('is read with the secrets that it points to', () => {
    const { settings, problems } = readGatewaySettings(GOOD, 'gateway.yaml', secrets);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      settings?.panelTokens.keys.map(({ id, secret }) => [id, Buffer.from(secret).toString()]),
      [
        ['december', SECRET],
        ['november', SECRET],
      ],
    );
    const [canvas] = settings?.tenants[0]?.signIn ?? [];
    assert.deepEqual(canvas, {
      how: 'canvas',
      connection: 'sf',
      organization: '00DB0000000ToZ3MAK',
      secret: SECRET,
      roles: ['rep'],
      maxAge: 300_000,
    });
  });

  const MISTAKES: readonly (readonly [string, string, string, RegExp])[] = [
    [
      'an app of HubSpot without what it was given',
      'hs: { rules:',
      'hs: { sync: { map: m.yaml, hubspot: { clientId: a, clientSecret: env:KEY } }, rules:',
      /an app that was installed has no "refreshToken"; add "refreshToken:"/,
    ],
    [
      'a secret written out',
      'secret: env:KEY, roles: [rep] }',
      `secret: ${SECRET}, roles: [rep] }`,
      /^gateway\.yaml:11: secret is something else; write it like env:/,
    ],
    [
      'a secret that is a number',
      'secret: env:KEY, roles: [rep] }',
      'secret: 987654321987, roles: [rep] }',
      /^gateway\.yaml:11: secret is something else, and must be/,
    ],
    [
      'a variable that is not set',
      'env:KEY, roles: [rep] }',
      'env:OTHER, roles: [rep] }',
      /^gateway\.yaml:11: the variable OTHER is not set; set OTHER/,
    ],
    [
      'a file that is not there',
      'file:/run/secrets/key',
      'file:/run/secrets/none',
      /^gateway\.yaml:4: \/run\/secrets\/none is not there/,
    ],
    [
      'a connection that there is not',
      'rep: { claim: crm, connection: hs }',
      'rep: { claim: crm, connection: hx }',
      /^gateway\.yaml:17: there is no connection "hx"; use one of sf, hs/,
    ],
    [
      'Canvas of what is no Salesforce',
      'canvas: { connection: sf',
      'canvas: { connection: hs',
      /^gateway\.yaml:11: "hs" is no Salesforce/,
    ],
    [
      'an address without TLS',
      'keys: https://login',
      'keys: http://login',
      /^gateway\.yaml:16: "http:\/\/login\.example\.com\/keys" is not https; use https/,
    ],
    [
      'the gateway as its own issuer',
      'issuer: https://login.example.com',
      'issuer: https://nba.example.com',
      /^gateway\.yaml:14: the issuer is the gateway itself/,
    ],
    [
      'a role that there is not',
      'roles: [rep, manager]',
      'roles: [rep, connector]',
      /^gateway\.yaml:12: roles\[1\] cannot be "connector"/,
    ],
    [
      'a misspelt field',
      'audience:',
      'audiense:',
      /^gateway\.yaml:15: oidc has no field "audiense"; did you mean "audience"\?/,
    ],
  ];
  for (const [what, right, wrong, message] of MISTAKES)
    it(`tells where there is ${what}, and what to do`, () => {
      assert.ok(GOOD.includes(right));
      const problems = problemsOf(GOOD.replace(right, wrong));
      assert.ok(
        problems.some((one) => message.test(one)),
        problems.join('\n'),
      );
      assert.doesNotMatch(problems.join('\n'), new RegExp(`${SECRET}|987654321987`));
    });

  it('refuses two companies that whoever signs in would belong to', () => {
    const again = GOOD.slice(GOOD.indexOf('  acme:')).replace('  acme:', '  globex:');
    const problems = problemsOf(GOOD + again);
    assert.equal(problems.filter((one) => /signs in to "acme" as well/.test(one)).length, 3);
  });

  it('has a schema for editors that finds a secret written out', () => {
    const url = new URL('../../schema/gateway.json', import.meta.url);
    const ajv = new Ajv({ strictRequired: false, allowUnionTypes: true });
    const validate = ajv.compile(JSON.parse(readFileSync(url, 'utf8')));
    assert.ok(validate(parse(GOOD)), JSON.stringify(validate.errors));
    assert.ok(!validate(parse(GOOD.replace('env:KEY', SECRET))));
  });
});
