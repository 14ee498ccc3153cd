type Optional<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** `T` with what may be undefined made optional. */
export type Defined<T> = Omit<T, Optional<T>> & { [K in Optional<T>]?: Exclude<T[K], undefined> };

/**
 * The object without its undefined properties: what is not known is absent, also in memory. The same object where there
 * are none; else another one, for engines are slow with one that something was deleted from.
 */
export function defined<const T extends object>(values: T): Defined<T> {
  for (const key in values) if (values[key] === undefined) return withoutUndefined(values);
  return values as Defined<T>;
}

function withoutUndefined<T extends object>(values: T): Defined<T> {
  const kept: Partial<T> = {};
  for (const key in values) if (values[key] !== undefined) kept[key] = values[key];
  return kept as Defined<T>;
}
