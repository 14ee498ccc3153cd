import fc from 'fast-check';

// Loaded before every test file; the page of the tests in the browser says the same.
const seed = process.env.PROPERTY_SEED ?? '2026';
export const PROPERTY_SEED = seed === 'random' ? undefined : Number(seed);
if (PROPERTY_SEED !== undefined && !Number.isSafeInteger(PROPERTY_SEED))
  throw new Error(`PROPERTY_SEED is ${seed}: it must be a whole number, or "random".`);
if (PROPERTY_SEED !== undefined) fc.configureGlobal({ seed: PROPERTY_SEED });
