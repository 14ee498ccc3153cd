import type { DescribedField, DescribedObject, FieldType } from '../../src/domain/connector.js';
import { proposeActivities } from './propose-activities.js';
import { proposeGathered } from './propose-gathered.js';

/** An attribute, the type it should have, and names under which CRMs and admins know it, best first. */
interface Wanted {
  readonly attribute: string;
  readonly types: readonly FieldType[];
  readonly names: readonly string[];
  /** The attribute is a record of this kind. */
  readonly kind?: 'rep' | 'account';
  /** What the field is read as, where that is not its own type. */
  readonly as?: 'date';
}

const owner: Wanted = {
  attribute: 'owner',
  types: ['reference'],
  names: ['ownerid', 'hubspotownerid', 'owner'],
  kind: 'rep',
};
const text: readonly FieldType[] = ['text', 'choice'];
const nameWanted: Wanted = {
  attribute: 'name',
  types: ['text'],
  names: ['name', 'dealname', 'fullname', 'hsfullnameoremail'],
};

const WANTED: { readonly [kind: string]: readonly Wanted[] } = {
  account: [
    nameWanted,
    owner,
    {
      attribute: 'parent',
      types: ['reference'],
      names: ['parentid', 'hsparentcompanyid', 'parentaccount', 'parent'],
      kind: 'account',
    },
    { attribute: 'industry', types: text, names: ['industry', 'sector', 'branch', 'branche'] },
    {
      attribute: 'annualRevenue',
      types: ['money', 'number'],
      names: ['annualrevenue', 'revenue', 'turnover', 'umsatz'],
    },
    {
      attribute: 'employees',
      types: ['number'],
      names: ['numberofemployees', 'employees', 'headcount', 'mitarbeiter'],
    },
    {
      attribute: 'renewalDate',
      types: ['date'],
      names: ['renewaldate', 'contractenddate', 'contractend', 'renewal', 'vertragsende'],
    },
    {
      attribute: 'healthScore',
      types: ['number'],
      names: ['healthscore', 'health', 'customerhealth'],
    },
    {
      attribute: 'segment',
      types: ['choice', 'choices'],
      names: ['segments', 'segment', 'tier', 'rating'],
    },
    { attribute: 'since', types: ['date'], names: ['customersince', 'since', 'kundeseit'] },
  ],
  contact: [
    nameWanted,
    { attribute: 'email', types: ['text'], names: ['email', 'emailaddress'] },
    { attribute: 'phone', types: ['text'], names: ['phone', 'businessphone', 'mobilephone'] },
    { attribute: 'role', types: text, names: ['title', 'jobtitle', 'role', 'position'] },
    {
      attribute: 'optedOut',
      types: ['boolean'],
      names: ['hasoptedoutofemail', 'hsemailoptout', 'emailoptout', 'optedout'],
    },
  ],
  opportunity: [
    nameWanted,
    { attribute: 'stage', types: text, names: ['stagename', 'stage', 'dealstage'] },
    { attribute: 'amount', types: ['money'], names: ['amount', 'value', 'dealvalue'] },
    {
      attribute: 'closeDate',
      types: ['date', 'time'],
      names: ['closedate', 'expectedclosedate'],
      as: 'date',
    },
    { attribute: 'closed', types: ['boolean'], names: ['isclosed', 'hsisclosed', 'closed'] },
    { attribute: 'won', types: ['boolean'], names: ['iswon', 'hsisclosedwon', 'won'] },
    owner,
  ],
  rep: [nameWanted, { attribute: 'email', types: ['text'], names: ['email'] }],
  product: [
    nameWanted,
    { attribute: 'family', types: text, names: ['family', 'productfamily'] },
    { attribute: 'price', types: ['money'], names: ['price', 'unitprice', 'listprice'] },
  ],
};

/** A field that is filled this seldom is not proposed: what rests on it would hold for nobody. */
const SELDOM = 0.02;

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/__c$/, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The field that fits best: by its type, its name or label in order of the names wanted, and by how often it is filled. */
function findField(
  { types, names }: Wanted,
  fields: readonly DescribedField[],
): DescribedField | undefined {
  let best: { readonly field: DescribedField; readonly rank: number } | undefined;
  for (const field of fields) {
    const { filled = 1 } = field;
    if (!types.includes(field.type) || filled < SELDOM) continue;
    const [byName, byLabel] = [field.name, field.label].map((one) => names.indexOf(plain(one)));
    const place = Math.min(...[byName ?? -1, byLabel ?? -1].filter((at) => at >= 0));
    if (!Number.isFinite(place)) continue;
    // A field that is filled twice as often is worth one place in the list of names.
    const rank = place - Math.log2(Math.max(filled, SELDOM));
    if (!best || rank < best.rank) best = { field, rank };
  }
  return best?.field;
}

const TYPE_NAMES: { readonly [type in FieldType]?: string } = {
  number: 'number',
  money: 'money',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  choice: 'text',
  choices: 'list',
  text: 'text',
};

/**
 * A mapping file to begin with, from what a CRM describes: its types, labels, other words for the same thing, how often
 * fields are filled, and the activities that every company keeps alike. Comments say what was found and what was not, for the
 * person who looks it through.
 */
export function proposeFieldMap(
  objects: readonly DescribedObject[],
  {
    connection,
    zone,
    currency,
  }: { readonly connection: string; readonly zone: string; readonly currency: string },
): string {
  const parts = objects.flatMap((object) => {
    const wanted = WANTED[object.kind ?? ''];
    if (wanted) return [proposeObject(object, wanted, objects)];
    const gathered = proposeGathered(object, objects, currency);
    const lines = [...gathered, ...proposeActivities(object, objects)];
    if (lines.length === 0) return [];
    // Companies differ in having them, and have them at one time and not at another.
    const optional = gathered.length > 0 ? ['    optional: true'] : [];
    return [[`  ${object.name}:`, ...optional, '    facts:', ...lines, ''].join('\n')];
  });
  return `connection: ${connection}\nzone: ${zone}\ncurrency: ${currency}\n\nobjects:\n${parts.join('\n')}`;
}

function proposeObject(
  object: DescribedObject,
  wanted: readonly Wanted[],
  objects: readonly DescribedObject[],
): string {
  const accounts = objects.flatMap(({ kind, name }) => (kind === 'account' ? [name] : []));
  const types: string[] = [];
  const set: string[] = [];
  const missing: string[] = [];
  for (const one of wanted) {
    const field = findField(one, object.fields);
    if (!field) {
      missing.push(one.attribute);
      continue;
    }
    const type = one.as ?? TYPE_NAMES[field.type];
    if (type !== undefined) types.push(`      ${field.name}: { type: ${type} }`);
    const source = one.kind === undefined ? field.name : `{ ${one.kind}: ${field.name} }`;
    const filled =
      field.filled === undefined ? '' : `, ${Math.round(field.filled * 100)} in 100 have it`;
    // A label is text of the CRM: it stays on its line.
    const label = field.label.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');
    set.push(`          ${one.attribute}: ${source}  # ${label}${filled}`);
  }
  const above = object.fields.find(
    ({ type, refersTo }) =>
      type === 'reference' && refersTo?.some((name) => accounts.includes(name)),
  );
  const inside = object.kind === 'contact' || object.kind === 'opportunity';
  return [
    `  ${object.name}:`,
    ...(types.length > 0 ? ['    fields:', ...types] : []),
    '    facts:',
    `      - record: ${object.kind}`,
    ...(inside && above ? [`        of: ${above.name}`] : []),
    '        set:',
    ...set,
    ...(missing.length > 0
      ? [`          # No field fits, or it is hardly filled: ${missing.join(', ')}`]
      : []),
    ...proposeActivities(object, objects),
    '',
  ].join('\n');
}
