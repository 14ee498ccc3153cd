import type { Action, ActionKind, Channel, Phrase, Play } from '../domain/playbook.js';
import { type Context, resolveName } from './context.js';
import { suggest } from './did-you-mean.js';
import { numberOf, scalarOf, textOf } from './tree-access.js';
import type { Tree } from './yaml-tree.js';

export function readAction(
  tree: Tree | undefined,
  seen: { readonly about: Play['about']; readonly event: boolean },
  verb: Phrase,
  context: Context,
): Action {
  const { report, attributes } = context;
  const kind = (textOf(tree, 'kind') ?? 'call') as ActionKind;
  const touch = textOf(tree, 'touch') as Channel | undefined;
  const link = textOf(tree, 'link');
  const who = scalarOf(tree, 'contact');
  if (who?.source === 'event' && !seen.event)
    report.error(
      'wrong-contact',
      who.at,
      'contact: event needs a trigger that is an event',
      'name a role',
    );
  else if (who?.source === 'self' && seen.about !== 'contact')
    report.error(
      'wrong-contact',
      who.at,
      `contact: self needs a play about a contact, not ${seen.about}`,
      'name a role',
    );
  else if (who && who.source !== 'event' && who.source !== 'self') {
    const roles = attributes.get('contact.role')?.values ?? [];
    if (!attributes.isBroken('contact.role') && !roles.some(({ id }) => id === who.source))
      report.error(
        'unknown-role',
        who.at,
        `"${who.source}" is not a value of "contact.role"`,
        suggest(
          who.source,
          [...roles, { id: 'event' }, { id: 'self' }],
          'declare contact.role in attributes.yaml with its values',
        ),
      );
    context.reads.add('contact.role');
  }
  const contact = who?.source ?? (seen.about === 'contact' ? 'self' : undefined);
  const asks = readAsks(tree, kind, seen.about, context);
  return {
    kind,
    ...(contact !== undefined && { contact }),
    minutes: numberOf(tree, 'minutes') ?? 0,
    ...(touch && { touch }),
    ...(verb.length > 0 && { verb }),
    ...(asks !== undefined && { asks }),
    ...(link !== undefined && { link }),
  };
}

function readAsks(
  tree: Tree | undefined,
  kind: ActionKind,
  about: Play['about'],
  context: Context,
): string | undefined {
  const { report } = context;
  const name = scalarOf(tree, 'asks');
  if (!name) {
    if (kind === 'ask' && tree)
      report.error(
        'missing-field',
        tree.at,
        'kind ask does not say what it asks',
        'add "asks: attribute"',
      );
    return undefined;
  }
  if (kind !== 'ask')
    report.error(
      'no-effect',
      name.at,
      `asks has no effect with kind ${kind}`,
      'write "kind: ask", or delete asks',
    );
  const id = resolveName(
    name.source,
    name.at,
    { bare: about, kinds: [...new Set([about, 'account' as const])] },
    context,
  );
  const attribute = id === undefined ? undefined : context.attributes.get(id);
  if (!attribute) return undefined;
  if (attribute.derive || attribute.machine)
    report.error(
      'derived-attribute',
      name.at,
      `"${id}" is ${attribute.machine ? 'the state of a machine' : 'computed from the timeline'}, and cannot be asked`,
      'ask another attribute',
    );
  else if (!attribute.values && attribute.type !== 'boolean')
    report.error(
      'wrong-type',
      name.at,
      `"${id}" is a ${attribute.type} without values, and one tap cannot answer it`,
      'ask a choice or a boolean',
    );
  return id;
}
