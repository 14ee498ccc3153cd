import { implies } from '../core/condition-logic.js';
import type { Condition } from '../domain/condition.js';
import type { Context } from './context.js';
import type { Draft } from './draft.js';
import type { Place } from './problem.js';
import { idOf } from './read-attributes.js';
import { type PlayDraft, wholeCondition } from './read-play.js';
import type { ReadingMemory } from './reading-memory.js';
import { reportNever } from './report-never.js';
import { fieldOf, mapsOf } from './tree-access.js';

const FILTERS = ['eligibility', 'applicability', 'suitability'] as const;

/** Conditions that nothing can meet, alone or together, and those that ask nothing more. */
export function lintConditions(
  { plays, folder }: Draft,
  context: Context,
  memory: ReadingMemory,
): void {
  for (const map of mapsOf(fieldOf(folder.attributes, 'attributes'))) {
    const { derive, id } = context.attributes.get(idOf(map)) ?? {};
    if (derive && 'where' in derive)
      reportNever(
        derive.where,
        fieldOf(map, 'derive')?.at ?? map.at,
        `what "${id}" counts`,
        context,
      );
  }
  for (const draft of plays)
    memory.once(
      `${draft.at.file} as linted`,
      [draft, context.attributes],
      context.report,
      (report) => lintPlay(draft, { ...context, report }),
    );
}

function lintPlay({ play, at, map }: PlayDraft, context: Context): void {
  const { report, attributes } = context;
  const before = report.errors();
  const { trigger } = play;
  const triggerTree = fieldOf(map, 'trigger');
  const placeOf = (key: string): Place => fieldOf(triggerTree, key)?.at ?? at;
  const parts: readonly (readonly [string, Condition | undefined, Place])[] = [
    ...('becomes' in trigger
      ? ([
          ['becomes', trigger.becomes, placeOf('becomes')],
          ['rearm', trigger.rearm, placeOf('rearm')],
        ] as const)
      : []),
    ...('event' in trigger ? ([['where', trigger.where, placeOf('where')]] as const) : []),
    ...('until' in trigger ? ([['until', trigger.until, placeOf('until')]] as const) : []),
    ...(play.context ?? []).map(
      ({ when }, i) => ['context', when, mapsOf(fieldOf(map, 'context'))[i]?.at ?? at] as const,
    ),
    ...FILTERS.map((key) => [key, play[key], fieldOf(map, key)?.at ?? at] as const),
  ];
  for (const [name, condition, place] of parts)
    if (condition) reportNever(condition, place, name, context);
  if (report.errors() > before) return;
  reportNever(wholeCondition(play), at, `trigger and filters of "${play.id}" together`, context);
  if (report.errors() > before || !('becomes' in trigger)) return;
  if (trigger.rearm && implies(trigger.becomes, trigger.rearm, attributes.domain))
    report.warn(
      'no-effect',
      placeOf('rearm'),
      'rearm has no effect: it holds whenever becomes does',
      'write a condition that no longer holds while becomes does',
    );
  for (const key of FILTERS) {
    const filter = play[key];
    if (filter && implies(trigger.becomes, filter, attributes.domain))
      report.warn(
        'no-effect',
        fieldOf(map, key)?.at ?? at,
        `${key} has no effect: becomes already asks for it`,
        'delete it',
      );
  }
}
