import type { ReadSettings } from '../identity/read-gateway-settings.js';
import type { GatewaySettings } from '../identity/settings.js';
import { plural } from '../text.js';
import type { Finding } from './finding.js';

/** The file, the secrets that it points to, and what it leaves out that people miss later. */
export function checkSettings(
  file: string,
  { settings, problems }: ReadSettings,
): readonly Finding[] {
  const what = 'settings';
  const told = problems.map(
    ({ severity, line, message, remedy }): Finding => ({
      state: severity === 'error' ? 'bad' : 'warning',
      what,
      found: `${file}:${line}: ${message}`,
      remedy,
    }),
  );
  if (!settings) return told;
  return [
    {
      state: 'good',
      what,
      found: `${file}: ${plural(settings.tenants.length, 'company', 'companies')}, and every secret is set`,
    },
    ...told,
    ...missedLater(settings),
  ];
}

function missedLater({ tenants, panelTokens }: GatewaySettings): readonly Finding[] {
  const what = 'settings';
  const missed: Finding[] = [];
  if (panelTokens.keys.length === 0)
    missed.push({
      state: 'warning',
      what,
      found: 'tokens of panels end whenever the gateway starts anew',
      remedy: 'Name a key under panelTokens',
    });
  for (const { id, signIn, connections } of tenants) {
    if (signIn.length === 0)
      missed.push({
        state: 'warning',
        what: `${id} sign-in`,
        found: 'nobody of this company can sign in',
        remedy: 'Add signIn: oidc, canvas or hubspot',
      });
    for (const { name, sync } of connections) {
      const what = `${id}/${name}`;
      if (!sync) continue;
      const isSigned = signIn.some((one) => one.how === 'hubspot' && one.connection === name);
      if (sync.signIn.crm === 'hubspot' && !isSigned)
        missed.push({
          state: 'warning',
          what,
          found:
            'no signature secret is set: webhooks are refused, and changes of associations are not found',
          remedy: 'Add signIn: hubspot with the portal and the secret of the app',
        });
      if (sync.keyField === undefined)
        missed.push({
          state: 'warning',
          what,
          found: 'nothing that reps do is written back',
          remedy: 'Name the field that holds our key: writeTo',
        });
    }
  }
  return missed;
}
