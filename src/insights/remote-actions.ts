import type { RecordId } from '../domain/value.js';
import { type ActionGroupMonth, actionGroupsReport } from './action-groups-report.js';
import type { Colleague, Sharing } from './engine.js';
import type { Answered } from './ground.js';
import type { Preset } from './menu.js';
import { ownActions } from './own-actions.js';
import type { ActionsQuestion } from './question.js';
import { type Report, text } from './report.js';

/** As `GET /v1/actions` answers. */
interface ActionsTold {
  readonly rep?: RecordId;
  readonly own?: CountedTold;
  readonly critic?: Colleague;
  readonly colleagues?: readonly Colleague[];
  readonly sharing?: readonly Colleague[];
  readonly groups?: readonly ActionGroupMonth[];
}

interface CountedTold {
  readonly actions: object;
  readonly report: Report;
}

/** Calls a route of the gateway with JSON; a body is put. */
export type CallActions = <Result>(path: string, body?: object) => Promise<Result>;

/** A rep's own figures, those of reps who chose the reader as critic, and for a manager those of groups. */
export async function openRemoteActions(call: CallActions): Promise<{
  readonly presets: readonly Preset[];
  readonly sharing?: Sharing;
}> {
  const { rep, critic, colleagues, sharing = [], groups } = await call<ActionsTold>('/v1/actions');
  return {
    presets: [
      ...(rep === undefined ? [] : [ownActions(rep)]),
      ...sharing.map(
        (one): Preset => ({
          id: `shared-${one.rep}`,
          label: `${one.name} shares with me`,
          question: { topic: 'actions', rep: one.rep },
        }),
      ),
      ...(groups ? [GROUPS] : []),
    ],
    ...(colleagues && { sharing: { colleagues, ...(critic && { critic }) } }),
  };
}

const GROUPS: Preset = {
  id: 'action-groups',
  label: 'What actions achieve',
  question: { topic: 'actions' },
};

export async function askRemoteActions(
  { rep }: ActionsQuestion,
  call: CallActions,
): Promise<Answered> {
  const told = await call<ActionsTold>('/v1/actions');
  if (rep === undefined) {
    const { groups = [] } = told;
    return { result: { groups }, report: actionGroupsReport(groups), found: groups.length > 0 };
  }
  const counted =
    rep === told.rep
      ? told.own
      : await call<CountedTold>(`/v1/actions/shared?rep=${encodeURIComponent(rep)}`);
  if (counted) return { result: counted.actions, report: counted.report, found: true };
  return { result: {}, report: NOT_COUNTED, found: false };
}

const NOT_COUNTED: Report = {
  title: 'What your actions achieve',
  lead: [],
  sections: [
    {
      heading: 'Nothing is counted yet',
      blocks: [
        text(
          'What you do towards buyers and what they do after it is counted once a day. Nothing of yours was there last time.',
        ),
      ],
    },
  ],
};
