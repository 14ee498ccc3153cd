/** Plain data with every text in it replaced. What has not changed is the very same object. */
export function mapTexts(value: unknown, text: (text: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    let list: unknown[] | undefined;
    for (let i = 0; i < value.length; i++) {
      const one = mapTexts(value[i], text);
      if (one === value[i]) continue;
      list ??= [...value];
      list[i] = one;
    }
    return list ?? value;
  }
  const held = value as { readonly [name: string]: unknown };
  let changed: { [name: string]: unknown } | undefined;
  for (const name in held) {
    const one = mapTexts(held[name], text);
    if (one === held[name]) continue;
    // Spread makes a property named `__proto__` an own one, and assignment then keeps it so.
    changed ??= { ...held };
    changed[name] = one;
  }
  return changed ?? value;
}

/** The same, names of properties included. */
export function mapAllTexts(value: unknown, text: (text: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => mapAllTexts(one, text));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [text(name), mapAllTexts(one, text)]),
  );
}

/** Whether some text of plain data, names of properties included, is such. */
export function someText(value: unknown, test: (text: string) => boolean): boolean {
  if (typeof value === 'string') return test(value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((one) => someText(one, test));
  return Object.entries(value).some(([name, one]) => test(name) || someText(one, test));
}
