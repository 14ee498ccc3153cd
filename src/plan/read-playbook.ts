import { isZone } from '../core/zone.js';
import type { Channel, Playbook } from '../domain/playbook.js';
import { isUnsafeId } from './attribute-table.js';
import { type Context, findOfAccount } from './context.js';
import { suggest } from './did-you-mean.js';
import { isDate } from './literal.js';
import type { Report } from './problem.js';
import { entriesOf, fieldOf, itemsOf, mapsOf, numberOf, scalarOf, textOf } from './tree-access.js';
import type { Tree } from './yaml-tree.js';

/** What playbook.yaml and calendar.yaml say, without goals, reasons and what other files hold. */
export type Settings = Pick<
  Playbook,
  | 'name'
  | 'currency'
  | 'zone'
  | 'workdays'
  | 'holidays'
  | 'costs'
  | 'propensity'
  | 'arbitration'
  | 'rollOut'
  | 'correctionDays'
  | 'holdout'
  | 'contactPolicy'
>;

/** Undefined when the currency cannot be known: no amount can be read then. */
export function readCurrency(file: Tree | undefined, report: Report): string | undefined {
  const tree = scalarOf(file, 'currency');
  if (!tree || !/^[A-Z]{3}$/.test(tree.source)) return undefined;
  const known = Intl.supportedValuesOf('currency');
  if (known.includes(tree.source)) return tree.source;
  report.error(
    'unknown-currency',
    tree.at,
    `"${tree.source}" is no currency`,
    suggest(
      tree.source,
      known.map((id) => ({ id })),
      'write its ISO 4217 code',
    ),
  );
  return undefined;
}

export function readSettings(
  file: Tree | undefined,
  calendar: Tree | undefined,
  context: Context,
): Settings {
  const { report } = context;
  const zone = scalarOf(file, 'zone');
  if (zone && !isZone(zone.source))
    report.error(
      'unknown-zone',
      zone.at,
      `"${zone.source}" is no time zone`,
      suggest(
        zone.source,
        Intl.supportedValuesOf('timeZone').map((id) => ({ id })),
        'write a name such as Europe/Berlin',
      ),
    );
  const costs = fieldOf(file, 'costs');
  const holdout = fieldOf(file, 'holdout');
  const rate = numberOf(holdout, 'rate') ?? 0;
  const salt = scalarOf(holdout, 'salt');
  if (holdout && rate > 0 && !salt)
    report.error(
      'missing-field',
      holdout.at,
      'holdout has no salt',
      'add "salt:", any text: keep it for good',
    );
  if (rate === 0 && salt)
    report.warn(
      'no-effect',
      salt.at,
      'salt has no effect: the holdout rate is 0',
      'delete it, or set a rate',
    );
  const both = ['workdays', 'holidays'].find((key) => fieldOf(file, key) && fieldOf(calendar, key));
  if (both)
    report.error(
      'duplicate-key',
      fieldOf(calendar, both)?.at ?? { file: 'calendar.yaml', line: 1, column: 1 },
      `${both} are in playbook.yaml and in calendar.yaml`,
      'keep one of them',
    );
  const days = fieldOf(file, 'workdays') ?? fieldOf(calendar, 'workdays');
  const workdays = itemsOf(days).map((item) => (item.kind === 'scalar' ? Number(item.value) : 0));
  return {
    name: textOf(file, 'name') ?? '',
    currency: context.currency,
    zone: zone?.source ?? 'UTC',
    workdays: days ? [...new Set(workdays)].sort((a, b) => a - b) : [1, 2, 3, 4, 5],
    holidays: readHolidays(fieldOf(file, 'holidays') ?? fieldOf(calendar, 'holidays'), report),
    costs: { minute: numberOf(costs, 'minute') ?? 0, touch: numberOf(costs, 'touch') ?? 0 },
    propensity: numberOf(file, 'propensity') ?? 0.2,
    ...(textOf(file, 'arbitration') === 'product' && { arbitration: 'product' }),
    rollOut: numberOf(file, 'rollOut') ?? 20,
    correctionDays: numberOf(file, 'correctionDays') ?? 90,
    holdout: { rate, salt: salt?.source ?? '', ...readArms(holdout, report) },
    contactPolicy: readContactPolicy(fieldOf(file, 'contactPolicy'), report),
  };
}

function readArms(holdout: Tree | undefined, report: Report): Pick<Playbook['holdout'], 'arms'> {
  const tree = fieldOf(holdout, 'arms');
  if (!tree) return {};
  const share = (key: string): number => numberOf(tree, key) ?? 0;
  const arms = {
    salt: scalarOf(tree, 'salt')?.source ?? '',
    random: share('random'),
    propensity: share('propensity'),
    noLevers: share('noLevers'),
  };
  const all = arms.random + arms.propensity + arms.noLevers;
  if (all === 0)
    report.warn(
      'no-effect',
      tree.at,
      'arms have no share: every account has the whole product',
      'give one a share, such as random: 0.02, or delete them',
    );
  if (all > 0.5)
    report.error(
      'out-of-range',
      tree.at,
      `arms take ${Math.round(100 * all)} % of the accounts, more than half`,
      'keep their sum at 0.5 or less: what is left has the whole product',
    );
  return { arms };
}

function readHolidays(tree: Tree | undefined, report: Report): readonly string[] {
  const days = new Set<string>();
  for (const item of itemsOf(tree)) {
    if (item.kind !== 'scalar') continue;
    if (!isDate(item.source))
      report.error(
        'wrong-date',
        item.at,
        `"${item.source}" is not a day`,
        'write it as 2027-03-31',
      );
    else if (days.has(item.source))
      report.warn('duplicate-id', item.at, `${item.source} is listed twice`, 'delete one of them');
    days.add(item.source);
  }
  return [...days].sort();
}

function readContactPolicy(tree: Tree | undefined, report: Report): Playbook['contactPolicy'] {
  const limits = mapsOf(fieldOf(tree, 'limits')).map((limit) => {
    const channel = textOf(limit, 'channel') as Channel | undefined;
    return {
      touches: numberOf(limit, 'touches') ?? 0,
      days: numberOf(limit, 'days') ?? 1,
      ...(channel && { channel }),
    };
  });
  const touches: { [factType: string]: Channel } = {};
  const covered = (channel: Channel): boolean =>
    limits.some((limit) => limit.channel === undefined || limit.channel === channel);
  for (const [type, { value, keyAt }] of entriesOf(fieldOf(tree, 'touches'))) {
    if (isUnsafeId(type)) {
      report.error('reserved-name', keyAt, `"${type}" cannot be a type of activity`, 'rename it');
      continue;
    }
    const channel = value.kind === 'scalar' ? (value.source as Channel) : 'call';
    touches[type] = channel;
    if (!covered(channel))
      report.warn(
        'no-effect',
        keyAt,
        `no limit covers the channel "${channel}", so "${type}" counts for nothing`,
        'add a limit for it, or one without a channel',
      );
  }
  return { limits, touches };
}

export function readProfitGate(
  file: Tree | undefined,
  context: Context,
): Playbook['profitGate'] | undefined {
  const tree = fieldOf(file, 'profitGate');
  if (!tree) return undefined;
  const minMarginRate = numberOf(tree, 'minMarginRate') ?? 0;
  const name = scalarOf(tree, 'costToServe');
  if (!name) return { minMarginRate };
  const attribute = findOfAccount(name, context);
  if (attribute && attribute.unit !== 'money')
    context.report.error(
      'wrong-type',
      name.at,
      `"${attribute.id}" is no money`,
      'name a money attribute',
    );
  else if (attribute) context.reads.add(attribute.id);
  return { minMarginRate, ...(attribute && { costToServe: attribute.id }) };
}
