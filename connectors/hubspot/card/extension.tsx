/** @jsxRuntime automatic */
import { Alert, hubspot } from '@hubspot/ui-extensions';
import { type ReactElement, useEffect, useMemo } from 'react';
import { openPanel } from './open-panel.js';
import { OpportuneCard, type OpportuneCardProps } from './opportune-card.js';

const clock = {
  now: () => Date.now(),
  every(ms: number, run: () => void): () => void {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
};

interface ExtensionProps {
  readonly context: {
    readonly crm: { readonly objectId: number | string; readonly objectTypeId: string };
    readonly user: { readonly id: number | string };
    readonly variables?: { readonly [name: string]: unknown };
  };
  readonly actions: OpportuneCardProps['actions'];
}

/** The card where HubSpot places it; the profile that the project was uploaded with says where the gateway is. */
export function Extension({ context, actions }: ExtensionProps): ReactElement {
  const { variables = {}, user, crm } = context;
  const gateway = String(variables.OPPORTUNE_GATEWAY ?? '').replace(/\/+$/, '');
  const connection = String(variables.OPPORTUNE_CONNECTION ?? '');
  const { objectId, objectTypeId } = crm;
  const panel = useMemo(
    () =>
      openPanel(
        { gateway, connection, user: user.id, objectTypeId, objectId },
        (url, options) => hubspot.fetch(url, options),
        clock,
      ),
    [gateway, connection, user.id, objectTypeId, objectId],
  );
  useEffect(() => () => void panel.close(), [panel]);
  if (!gateway.startsWith('https://') || connection === '')
    return (
      <Alert title="The card has no gateway" variant="warning">
        An administrator names it in the project’s profile: OPPORTUNE_GATEWAY and
        OPPORTUNE_CONNECTION.
      </Alert>
    );
  return <OpportuneCard panel={panel} actions={actions} />;
}

hubspot.extend<'crm.record.sidebar'>(({ context, actions }) => (
  <Extension context={context} actions={actions} />
));
