import type { RecordId } from 'opportune';
import type { AccessSource, Answer } from './access-source.js';

/** Beside the owner: nobody, the owner's team, everyone, or these teams. */
export type Rule = 'own' | 'team' | 'everyone' | readonly string[];

/** Who owns what, as the agent's own facts say. */
export interface Owners {
  /** The owner of a record, else of its account; undefined when the record is not there. */
  ownerOf(record: RecordId): Promise<{ readonly owner?: RecordId } | undefined>;
  teamsOf(rep: RecordId): Promise<readonly string[]>;
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
  async function isVisible(
    asker: RecordId,
    teams: readonly string[],
    record: RecordId,
  ): Promise<boolean> {
    const kind = record.split(':')[1] ?? '';
    const rule = Object.hasOwn(rules, kind) ? rules[kind] : undefined;
    // Read whatever the rule is, and whether the record is there or not: the time taken tells neither.
    const found = await owners.ownerOf(record);
    const owner = found?.owner;
    const ownerTeams = await owners.teamsOf(owner ?? asker);
    if (rule === undefined || !found) return false;
    if (rule === 'everyone' || owner === asker) return true;
    if (rule === 'own') return false;
    if (rule !== 'team') return teams.some((team) => rule.includes(team));
    return owner !== undefined && teams.some((team) => ownerTeams.includes(team));
  }

  return {
    attributes: new Set(attributes.keys()),
    most: MOST,
    async findVisible(asker, records): Promise<Answer<ReadonlySet<RecordId>>> {
      const teams = await owners.teamsOf(asker);
      const seen = await Promise.all(records.map((record) => isVisible(asker, teams, record)));
      return { status: 'known', value: new Set(records.filter((_, i) => seen[i])) };
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
