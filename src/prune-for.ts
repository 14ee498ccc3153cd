import { bareName } from './core/bare-name.js';
import { type Situation, teamsOf } from './deliver/situation.js';
import type { Machine } from './domain/machine.js';
import type { Attribute, Content, Play, Playbook, Product } from './domain/playbook.js';
import type { RecordId } from './domain/value.js';
import type { Runtime } from './runtime.js';

/**
 * A playbook as somebody may know it: without what reads a hidden attribute, directly or through what is made of it, and
 * without content for teams that this person is not in. No hidden attribute is named in it.
 */
function pruneFor(
  playbook: Playbook,
  given: ReadonlySet<string>,
  teams: readonly string[],
): Playbook {
  const isOpen = ({ teams: only }: Content): boolean =>
    only?.some((team) => teams.includes(team)) ?? true;
  const contents = playbook.contents.filter(isOpen);
  if (given.size === 0) return { ...playbook, contents };
  const hidden = spreadHidden(given, playbook);
  const { profitGate, machines, ...rest } = playbook;
  const gate = profitGate && !mentions(profitGate, hidden) ? profitGate : undefined;
  const kept = machines?.filter((machine) => !hidden.has(stateOf(machine)));
  return {
    ...rest,
    attributes: playbook.attributes.flatMap((one) => pruneAttribute(one, hidden)),
    products: playbook.products.flatMap((one) => pruneProduct(one, hidden)),
    goals: playbook.goals.filter(({ measure }) => !reads(measure, hidden)),
    ...(kept && { machines: kept }),
    plays: playbook.plays.filter((play) => !readsHidden(play, playbook, hidden)),
    contents: contents.filter((content) => !mentions(content, hidden)),
    reasons: playbook.reasons.map(({ sets, ...reason }) => ({
      ...reason,
      ...(sets && { sets: without(sets, (id) => hidden.has(id)) }),
    })),
    ...(gate && { profitGate: gate }),
  };
}

/** Playbooks as they are known to somebody, of which a team has few: made once for each permission and team. */
export function createPruner(): (
  playbook: Playbook,
  hidden: ReadonlySet<string>,
  teams: readonly string[],
) => Pick<Situation, 'playbook' | 'hidden'> {
  const made = new Map<string, Pick<Situation, 'playbook' | 'hidden'>>();
  return (playbook, hidden, teams) => {
    const key = JSON.stringify([playbook.version, [...hidden].sort(), teams]);
    const found = made.get(key);
    if (found) return found;
    const { reasons } = playbook;
    const known = {
      // An answer sets what its reason says, whether or not whoever gives it may see that.
      playbook: { ...pruneFor(playbook, hidden, teams), reasons },
      hidden: spreadHidden(hidden, playbook),
    };
    const [oldest] = made.keys();
    if (made.size >= MOST_KEPT && oldest !== undefined) made.delete(oldest);
    made.set(key, known);
    return known;
  };
}

const MOST_KEPT = 100;

/** The playbook in force as an asker may know it. */
export async function playbookFor(
  asker: RecordId,
  { options, model }: Runtime,
): Promise<Playbook | undefined> {
  const { playbook } = await model();
  if (playbook.version === '') return undefined;
  const rep = (await options.store.read(asker))?.subject.records[asker];
  const hidden = (await options.access?.hiddenFrom(asker)) ?? new Set<string>();
  return pruneFor(playbook, hidden, teamsOf(rep));
}

/** A derived attribute, or a machine's state, is as hidden as what it is made of, unless the admin declares it an aggregate. */
function spreadHidden(
  hidden: ReadonlySet<string>,
  { attributes, machines = [] }: Playbook,
): ReadonlySet<string> {
  const all = new Set(hidden);
  for (let before = 0; before < all.size; ) {
    before = all.size;
    for (const machine of machines) {
      const { id: _, of: __, ...rest } = machine;
      if (mentions(rest, all)) all.add(stateOf(machine));
    }
    for (const { id, derive, aggregate } of attributes)
      if (derive && !aggregate && mentions(derive, all)) all.add(id);
  }
  return all;
}

const stateOf = ({ of, id }: Machine): string => `${of}.${id}`;

/** What a play reads beside what it names: its goals' levels, what the profit gate asks, the role of the contact it picks. */
function readsHidden(
  play: Play,
  { goals, profitGate }: Playbook,
  hidden: ReadonlySet<string>,
): boolean {
  const { contact } = play.action;
  return (
    mentions(play, hidden) ||
    goals.some(({ id, measure }) => play.serves[id] && reads(measure, hidden)) ||
    (play.offers !== undefined &&
      (mentions(profitGate, hidden) || HIDES_PRODUCTS.some((id) => hidden.has(id)))) ||
    (contact !== undefined &&
      contact !== 'self' &&
      contact !== 'event' &&
      hidden.has('contact.role'))
  );
}

/** A goal's level is the account's, else the company's. */
function reads(measure: string | undefined, hidden: ReadonlySet<string>): boolean {
  if (measure === undefined) return false;
  const bare = bareName(measure);
  return hidden.has(measure) || hidden.has(`company.${bare}`);
}

function pruneAttribute(attribute: Attribute, hidden: ReadonlySet<string>): readonly Attribute[] {
  if (hidden.has(attribute.id)) return [];
  const { usual, derive, ...rest } = attribute;
  return [
    {
      ...rest,
      ...(usual !== undefined && !hidden.has(usual) && { usual }),
      // Of an aggregate, which is seen where what it is made of is not.
      ...(derive && !mentions(derive, hidden) && { derive }),
    },
  ];
}

/** Without them there is no telling what a product is, or what it costs. */
const HIDES_PRODUCTS = ['product.name', 'product.price'];

function pruneProduct(product: Product, hidden: ReadonlySet<string>): readonly Product[] {
  if (HIDES_PRODUCTS.some((id) => hidden.has(id))) return [];
  const { brand, family, attributes, ...rest } = product;
  return [
    {
      ...rest,
      ...(brand !== undefined && !hidden.has('product.brand') && { brand }),
      ...(family !== undefined && !hidden.has('product.family') && { family }),
      attributes: without(attributes, (id) => hidden.has(id) || hidden.has(`product.${id}`)),
    },
  ];
}

function without<T>(
  values: { readonly [name: string]: T },
  isHidden: (name: string) => boolean,
): { readonly [name: string]: T } {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !isHidden(name)));
}

/** Whether something compiled names any of these attributes. */
function mentions(compiled: unknown, attributes: ReadonlySet<string>): boolean {
  if (attributes.size === 0 || compiled === undefined) return false;
  const text = JSON.stringify(compiled);
  return [...attributes].some((id) => text.includes(`"${id}"`));
}
