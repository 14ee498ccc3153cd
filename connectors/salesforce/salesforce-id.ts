const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * A Salesforce id in its 18 characters: the last three say which of the first fifteen are capitals, so that it survives
 * where case does not. Undefined for what is no id, one with a wrong ending included.
 */
export function salesforceId(id: string): string | undefined {
  if (!/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(id)) return undefined;
  const core = id.slice(0, 15);
  let ending = '';
  for (let chunk = 0; chunk < 15; chunk += 5) {
    let bits = 0;
    for (let i = 0; i < 5; i++) if (/[A-Z]/.test(core.charAt(chunk + i))) bits |= 1 << i;
    ending += LETTERS.charAt(bits);
  }
  const full = core + ending;
  return id.length === 15 || id === full ? full : undefined;
}
