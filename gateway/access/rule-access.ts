import type { RecordId, SubjectKey } from 'opportune';
import { kindOf } from '../../src/domain/value.js';
import { ANY } from '../turns.js';
import type { AccessSource, Answer, MadeOf } from './access-source.js';

/** Beside the owner: nobody, the owner's team, everyone, or these teams. */
export type Rule = 'own' | 'team' | 'everyone' | readonly string[];

/** Who owns what, as the agent's own facts say. */
export interface Owners {
  /** Of each of these records. */
  ownersOf(records: readonly RecordId[]): Promise<ReadonlyMap<RecordId, Owned>>;
  teamsOf(rep: RecordId): Promise<readonly string[]>;
}

export interface Owned {
  readonly isThere: boolean;
  /** The owner of the record, else of its account. */
  readonly owner?: RecordId;
  /** The subjects that this was read from. */
  readonly madeOf: readonly SubjectKey[];
}

export interface RuleAccessOptions {
  /** Per kind of record. What is not named nobody sees. */
  readonly records: { readonly [kind: string]: Rule };
  /** Attributes with the teams that alone see each. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  readonly owners: Owners;
}

const MOST = 1_000;

/** Rules of an admin by owner and team, where the CRM cannot be asked who may see what (HubSpot), or there is none. */
export function ruleAccess({
  records: rules,
  attributes,
  owners,
}: RuleAccessOptions): AccessSource {
  const ruleOf = (record: RecordId): Rule | undefined => {
    const kind = kindOf(record);
    return Object.hasOwn(rules, kind) ? rules[kind] : undefined;
  };

  function isVisible(
    asker: RecordId,
    teams: readonly string[],
    rule: Rule | undefined,
    { isThere, owner, ownerTeams }: Owned & { readonly ownerTeams: readonly string[] },
  ): boolean {
    if (rule === undefined || !isThere) return false;
    if (rule === 'everyone' || owner === asker) return true;
    if (rule === 'own') return false;
    if (rule !== 'team') return teams.some((team) => rule.includes(team));
    return owner !== undefined && teams.some((team) => ownerTeams.includes(team));
  }

  return {
    attributes: new Set(attributes.keys()),
    most: MOST,
    async findVisible(asker, records): Promise<Answer<ReadonlySet<RecordId>> & MadeOf> {
      const teams = await owners.teamsOf(asker);
      // Read whatever the rules are, and whether records are there or not: the time taken tells neither.
      const owned = await owners.ownersOf(records);
      const reps = new Set([...owned.values()].map(({ owner }) => owner ?? asker));
      const teamsBy = new Map(
        await Promise.all([...reps].map(async (rep) => [rep, await owners.teamsOf(rep)] as const)),
      );
      const value = new Set<RecordId>();
      const madeOf = new Map<RecordId, readonly SubjectKey[]>();
      for (const [record, own] of owned) {
        const rule = ruleOf(record);
        const ownerTeams = teamsBy.get(own.owner ?? asker) ?? [];
        const isSeen = isVisible(asker, teams, rule, { ...own, ownerTeams });
        if (isSeen) value.add(record);
        madeOf.set(record, rule === undefined ? [] : holdsUntil(record, isSeen, own));
      }
      return { status: 'known', value, madeOf };
    },
    async findHidden(asker): Promise<Answer<ReadonlySet<string>>> {
      const teams = await owners.teamsOf(asker);
      const hidden = [...attributes].filter(
        ([, only]) => !teams.some((team) => only.includes(team)),
      );
      return { status: 'known', value: new Set(hidden.map(([attribute]) => attribute)) };
    },
  };
}

/** A "no" to what is hidden lasts as long as one to what is not there: of that nobody knows the account. */
function holdsUntil(
  record: RecordId,
  isSeen: boolean,
  { owner, madeOf }: Owned,
): readonly SubjectKey[] {
  if (!isSeen && kindOf(record) !== 'account') return [ANY];
  return owner === undefined ? madeOf : [...madeOf, owner];
}
