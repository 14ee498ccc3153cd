type Optional<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** `T` with what may be undefined made optional. */
export type Defined<T> = Omit<T, Optional<T>> & { [K in Optional<T>]?: Exclude<T[K], undefined> };

/** The same object without its undefined properties: what is not known is absent, also in memory. */
export function defined<const T extends object>(values: T): Defined<T> {
  for (const key of Object.keys(values)) {
    if (values[key as keyof T] === undefined) delete values[key as keyof T];
  }
  return values as Defined<T>;
}
