import { parseDocument, stringify } from 'yaml';
import type { Finding } from './analyze/confirm.js';
import type { DealQuestion } from './deal-table.js';
import type { Test } from './domain/condition.js';
import type { ActionKind, Attribute, Playbook } from './domain/playbook.js';
import type { AttributeValue } from './domain/value.js';
import { compilePlaybook, type Problem, type SourceFile } from './plan/compile-playbook.js';
import { minorDigits } from './plan/money.js';

/** A play for people to correct, as the file that it would be. */
export interface PlayDraft {
  readonly path: string;
  readonly text: string;
  /** What attributes.yaml would need for it. */
  readonly attributes?: string;
  /** What the compiler says of these files within the playbook's folder; none is an error. */
  readonly warnings: readonly Problem[];
}

export interface DraftPlayOptions {
  readonly playbook: Playbook;
  /** Its folder, as it was compiled. */
  readonly files: readonly SourceFile[];
  readonly question: DealQuestion;
  /** The finding in a sentence. */
  readonly why: string;
  /** What acting on it is to change. Absent: that more is won. */
  readonly aim?: DraftAim;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

export interface DraftAim {
  /** Whether the finding points to what is wanted; absent: nobody has said what is. */
  readonly isWanted?: boolean;
  /** What to do about a record where it does not, `{}` standing for the record. */
  readonly title: string;
  /** In place of the share by which more is won: an amount of money in minor units, or a share of the deal's amount. Absent: not known. */
  readonly worth?: { readonly minor: number } | { readonly share: number };
}

const ACTIVITY_COUNT = /^activity\.([a-z][a-z0-9-]*)\.count$/;

type Yaml = { readonly [key: string]: unknown };

/**
 * The play that would put a finding to the test; undefined where it is about what no attribute can say (the day of an
 * activity, the order of several), or where the compiler takes it for an error.
 */
export function draftPlay(finding: Finding, options: DraftPlayOptions): PlayDraft | undefined {
  const { playbook, files, question, why, today, aim } = options;
  const about = question.outcome.slice(0, question.outcome.indexOf('.'));
  const activity = finding.pattern.length === 1 ? activityOf(finding.pattern[0]) : undefined;
  if (finding.pattern.some(({ attribute }) => attribute.startsWith('activity.')) && !activity)
    return undefined;
  const isMore = aim ? aim.isWanted === true : finding.effect > 0;
  // What is done and goes with winning is to be done; where it goes with losing, it is the sign to look.
  const lacking = activity !== undefined && isMore;
  const conditions = finding.pattern.map((test) =>
    conditionOf(activity ? { ...test, attribute: activity.attribute.id } : test, about, playbook, {
      negated: lacking,
    }),
  );
  const undecided = undecidedOf(question, about, playbook);
  const name = `${about}.name`;
  const subject = playbook.attributes.some(({ id }) => id === name)
    ? `{${name}|this ${about === 'account' ? 'account' : 'deal'}}`
    : `this ${about === 'account' ? 'account' : 'deal'}`;
  const id = `found-${slugOf(finding.pattern)}`;
  const worth = worthOf(finding, about, playbook, aim);
  const play: Yaml = {
    id,
    about,
    title: activity
      ? lacking
        ? `${titleOf(activity.type)} for ${subject}`
        : `Look again at ${subject} before the next ${titleOf(activity.type).toLowerCase()}`
      : isMore
        ? `Take ${subject} first`
        : (aim?.title ?? 'Ask what stands against {}').replace('{}', subject),
    why: why.replaceAll(/[{}]/g, ''),
    trigger: { becomes: merge([...conditions, undecided]) },
    action: {
      kind: activity && lacking ? actionOf(activity.type) : 'prepare',
      minutes: 15,
    },
    for: 'owner',
    serves: worth.serves,
    expires: '30 days',
    owner: 'to be named',
  };
  const path = `plays/${id}.yaml`;
  const text = `${worth.isKnown ? '' : NOT_MEASURED}${stringify(play, { lineWidth: 110, flowCollectionPadding: true })}`;
  const attributes = activity && !activity.isDeclared ? lineOf(activity.attribute) : undefined;
  const { playbook: compiled, problems } = compilePlaybook(
    [
      ...files.map((file) =>
        attributes !== undefined && file.path === 'attributes.yaml' && activity
          ? { ...file, text: withAttribute(file.text, activity.attribute) }
          : file,
      ),
      { path, text },
    ],
    { today },
  );
  if (!compiled) return undefined;
  return {
    path,
    text,
    ...(attributes !== undefined && { attributes }),
    warnings: problems.filter(({ file }) => file === path),
  };

  function activityOf(
    test: Test | undefined,
  ):
    | { readonly type: string; readonly attribute: DraftAttribute; readonly isDeclared: boolean }
    | undefined {
    const type = ACTIVITY_COUNT.exec(test?.attribute ?? '')?.[1];
    if (type === undefined) return undefined;
    const known = playbook.attributes.find(
      ({ of, derive }) =>
        of === about &&
        derive?.op === 'count' &&
        derive.days === undefined &&
        JSON.stringify(derive.facts) === JSON.stringify({ types: [type] }),
    );
    const bare = `${type.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Count`;
    return {
      type,
      isDeclared: known !== undefined,
      attribute: { id: known?.id ?? `${about}.${bare}`, of: about, type },
    };
  }
}

interface DraftAttribute {
  /** Qualified. */
  readonly id: string;
  readonly of: string;
  /** Of the facts that are counted. */
  readonly type: string;
}

function declarationOf({ id, of, type }: DraftAttribute): Yaml {
  return {
    id: id.slice(of.length + 1),
    label: `${titleOf(type)}, so many times`,
    type: 'number',
    of,
    derive: { count: { types: [type] } },
  };
}

const lineOf = (attribute: DraftAttribute): string =>
  stringify([declarationOf(attribute)], { lineWidth: 110 });

function withAttribute(text: string, attribute: DraftAttribute): string {
  const document = parseDocument(text);
  document.addIn(['attributes'], document.createNode(declarationOf(attribute)));
  return String(document);
}

/** As an author writes it: bare for the record's own attributes, money in major units. */
function conditionOf(
  test: Test,
  about: string,
  { attributes, currency }: Playbook,
  { negated }: { readonly negated: boolean },
): Yaml {
  const { attribute } = test;
  const known = attributes.find(({ id }) => id === attribute);
  const key = attribute.startsWith(`${about}.`) ? attribute.slice(about.length + 1) : attribute;
  const bound = (value: number): number =>
    known?.unit === 'money' ? value / 10 ** minorDigits(currency) : value;
  const written = (): unknown => {
    if ('range' in test)
      return Object.fromEntries(
        Object.entries(test.range).map(([name, value]) => [name, bound(value as number)]),
      );
    if ('in' in test) return test.in.length === 1 ? test.in[0] : test.in;
    if ('hasAll' in test) return { hasAll: test.hasAll };
    if ('hasNone' in test) return { hasNone: test.hasNone };
    return { missing: 'missing' in test ? test.missing : false };
  };
  const condition = { [key]: written() };
  return negated ? { not: condition } : condition;
}

/** Not decided yet. Where every value decides, yes or no is still no: a lead that has not bought, a customer who has not left. */
function undecidedOf(
  { outcome, won, lost }: DealQuestion,
  about: string,
  { attributes }: Playbook,
): Yaml {
  const known = attributes.find(({ id }) => id === outcome);
  const bare = outcome.slice(about.length + 1);
  if (known?.type === 'boolean') return { [bare]: false };
  const left = (known?.values ?? [])
    .map(({ id }): AttributeValue => id)
    .filter((value) => !won.includes(value) && !lost.includes(value));
  return left.length === 0 ? {} : { [bare]: left.length === 1 ? left[0] : left };
}

/** One map where no key comes twice. */
function merge(conditions: readonly Yaml[]): Yaml {
  const keys = conditions.flatMap((one) => Object.keys(one));
  return new Set(keys).size === keys.length
    ? Object.assign({}, ...conditions)
    : { all: conditions };
}

/** The least that a play may be worth, where what it changes is not told in what the goal counts. */
const LEAST = 0.01;
const NOT_MEASURED =
  '# What this is worth to the goal is not measured: the least stands here until somebody says.\n';

/** The first goal: of an amount the share by which more are won, else as much of what counts as 1. */
function worthOf(
  { effect }: Finding,
  about: string,
  { attributes, goals, currency }: Playbook,
  aim: DraftAim | undefined,
): { readonly serves: Yaml; readonly isKnown: boolean } {
  const goal = goals[0];
  if (!goal) return { serves: {}, isKnown: true };
  const { worth } = aim ?? { worth: { share: effect } };
  if (worth && 'minor' in worth && goal.unit === 'money')
    return { serves: { [goal.id]: { value: majorOf(worth.minor, currency) } }, isKnown: true };
  const isKnown = worth !== undefined && 'share' in worth;
  const share = Math.max(LEAST, Math.round(Math.abs(isKnown ? worth.share : 0) * 100) / 100);
  const isAmount = ({ id, unit, derive, of }: Attribute): boolean =>
    of === about && unit === 'money' && !derive && id.endsWith('.amount');
  const amount = attributes.find(isAmount);
  if (amount && goal.unit === 'money')
    return { serves: { [goal.id]: { share, of: amount.id } }, isKnown };
  const scale =
    goal.unit === 'rate'
      ? 1
      : goal.unit === 'money'
        ? goal.scale / 10 ** minorDigits(currency)
        : goal.scale;
  return { serves: { [goal.id]: { value: Number((share * scale).toPrecision(2)) } }, isKnown };
}

const majorOf = (minor: number, currency: string): number =>
  Number((Math.abs(minor) / 10 ** minorDigits(currency)).toPrecision(2));

const ACTIONS: readonly (readonly [RegExp, ActionKind])[] = [
  [/call/, 'call'],
  [/mail/, 'email'],
  [/meet|demo|visit|workshop/, 'meeting'],
  [/propos|quote|offer/, 'propose'],
];

const actionOf = (type: string): ActionKind =>
  ACTIONS.find(([words]) => words.test(type))?.[1] ?? 'prepare';

const titleOf = (type: string): string => {
  const words = type.replaceAll('-', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};

/** Of the attributes and what is asked of them, in the letters that an id may have. */
function slugOf(pattern: readonly Test[]): string {
  const words = pattern.map((test) => {
    const { attribute, ...asked } = test;
    return `${attribute.slice(attribute.indexOf('.') + 1)} ${JSON.stringify(asked)}`;
  });
  return words
    .join(' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60)
    .replace(/-$/, '');
}
