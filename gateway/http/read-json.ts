import { OpportuneError } from 'opportune';

/** Deeper than any fact, answer or playbook that the command line takes. */
const DEEPEST = 64;

/**
 * A body as plain data. Throws for text that is no JSON, for one nested so deep that walking it would end the process, and
 * for keys that reach the prototype of what they are copied to.
 */
export function readJson(body: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw refusal('the body is not UTF-8');
  }
  if (text.trim() === '') return undefined;
  checkDepth(text);
  try {
    return JSON.parse(text, refusePrototypes);
  } catch (error) {
    if (error instanceof OpportuneError) throw error;
    throw refusal('the body is no JSON');
  }
}

function refusePrototypes(key: string, value: unknown): unknown {
  if (key === '__proto__' || (key === 'constructor' && Object(value).prototype !== undefined))
    throw refusal(`the body has the key "${key}"`);
  return value;
}

function checkDepth(text: string): void {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === BACKSLASH) i++;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) quoted = true;
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      if (++depth > DEEPEST) throw refusal(`the body is nested deeper than ${DEEPEST} levels`);
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth--;
  }
}

const [QUOTE, BACKSLASH, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [
  0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
] as const;

function refusal(what: string): OpportuneError {
  return new OpportuneError('opportune/request', what, { remedy: 'Send plain JSON' });
}
