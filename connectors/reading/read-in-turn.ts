import { OpportuneError } from '../../src/core/errors.js';
import type { Pulled } from '../../src/domain/connector.js';
import { type ObjectPlace, writePlaces } from './places.js';

/** What the reading of one object gives: what was pulled, and how far it has come. */
export type Step<Place> = Pulled | { readonly type: 'place'; readonly place: Place };

interface NamedObject {
  readonly object: { readonly name: string };
}

export interface InTurn<Place, Item> {
  readonly crm: string;
  readonly connection: string;
  readonly objects: readonly Item[];
  /** How far each was read before. */
  readonly before: ReadonlyMap<string, Place>;
  readonly signal: AbortSignal | undefined;
  read(object: Item, before: Place | undefined): AsyncIterable<Step<Place>> | Iterable<Step<Place>>;
}

/** Reads the objects of a map one after the other, with a position after each step that can be gone on from. */
export async function* readInTurn<Place extends ObjectPlace, Item extends NamedObject>({
  crm,
  connection,
  objects,
  before,
  signal,
  read,
}: InTurn<Place, Item>): AsyncGenerator<Pulled> {
  const places = new Map(before);
  const positionNow = (): Pulled => ({
    type: 'position',
    position: writePlaces(crm, connection, places),
  });
  let done = 0;
  // What waited longest comes first, so that no object is starved by a reader who leaves early.
  const atOf = (item: Item): number => before.get(item.object.name)?.at ?? 0;
  for (const item of objects.toSorted((a, b) => atOf(a) - atOf(b))) {
    const { name } = item.object;
    for await (const each of read(item, places.get(name))) {
      signal?.throwIfAborted();
      if (each.type === 'place') {
        places.set(name, each.place);
        yield positionNow();
      } else yield each;
    }
    yield { type: 'progress', done: ++done, total: objects.length, unit: 'objects' };
  }
  yield positionNow();
}

/** Throws `opportune/position` for an object that was last read before `oldest`: what was deleted since, nothing tells. */
export function checkAge(
  connection: string,
  before: ReadonlyMap<string, ObjectPlace>,
  oldest: number,
  tell: (name: string, at: number) => string,
): void {
  for (const [name, { at, to }] of before)
    if (to !== undefined && at < oldest)
      throw new OpportuneError('opportune/position', tell(name, at), {
        where: `connection "${connection}"`,
        remedy: 'Pull everything',
      });
}
