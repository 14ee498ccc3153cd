/** @jsxRuntime automatic */

// Before anything of HubSpot's.
import './worker-globals.js';
import assert from 'node:assert/strict';
import { Button, Tile } from '@hubspot/ui-extensions';
import { createRenderer } from '@hubspot/ui-extensions/testing';
import { type ReactElement, useState } from 'react';
import { Extension } from './extension.js';

export const GATEWAY = 'https://opportune.example.com';

type Renderer = ReturnType<typeof createRenderer<'crm.record.sidebar'>>;

interface Place {
  readonly connection: string;
  readonly user: number | string;
  readonly objectTypeId?: string;
  readonly objectId: number | string;
}

const leave = new Set<() => void>();
/** Takes the cards off their records: one that stands asks anew from time to time, for ever. */
export const leaveAll = (): void => {
  for (const one of leave) one();
};

function Sidebar({ children }: { readonly children: ReactElement }): ReactElement | null {
  const [here, setHere] = useState(true);
  leave.add(() => setHere(false));
  return here ? children : null;
}

/** A card on a record, before a user, by HubSpot's test renderer. */
export function place(at: Place): Renderer {
  const renderer = createRenderer('crm.record.sidebar');
  const { connection, user, objectTypeId = '0-2', objectId } = at;
  renderer.render(
    <Sidebar>
      <Extension
        context={{
          crm: { objectId, objectTypeId },
          user: { id: user },
          variables: { OPPORTUNE_GATEWAY: GATEWAY, OPPORTUNE_CONNECTION: connection },
        }}
        actions={renderer.mocks.actions}
      />
    </Sidebar>,
  );
  return renderer;
}

/** Tries again whenever something was drawn. */
export const wait = (renderer: Renderer, check: () => void): Promise<void> =>
  renderer.waitFor(check, { timeoutInMs: 20_000 });
export const textOf = (renderer: Renderer): string => renderer.getRootNode().toString();
/** By the first word of its test id. */
export const named =
  (name: string) =>
  ({ props }: { readonly props: { readonly testId?: string } }): boolean =>
    props.testId?.split(' ')[0] === name;
export const press = (renderer: Renderer, name: string): void =>
  renderer.find(Button, named(name)).trigger('onClick');
type Node = ReturnType<Renderer['getRootNode']>['childNodes'][number];

/** What HubSpot lets the focus into, and what it is called there, in reading order. */
export function controlsOf(renderer: Renderer): readonly string[] {
  const found: string[] = [];
  const walk = (node: Node): void => {
    if (!('childNodes' in node)) return;
    const { name, text } = node;
    const { label, title } = node.props as { readonly label?: string; readonly title?: string };
    if (['Button', 'Link', 'Select', 'TextArea', 'Accordion'].includes(name))
      found.push(`${name} ${label ?? title ?? text ?? ''}`.trim());
    for (const child of node.childNodes) walk(child);
  };
  for (const child of renderer.getRootNode().childNodes) walk(child);
  return found;
}

/** The openings of the cards, in their order. */
export const idsOf = (renderer: Renderer): readonly string[] =>
  renderer.findAll(Tile).flatMap(({ props }) => /^card (.*)/.exec(String(props.testId))?.[1] ?? []);
export const settle = async (renderer: Renderer): Promise<void> => {
  await wait(renderer, () => assert.match(textOf(renderer), /as of/));
};
