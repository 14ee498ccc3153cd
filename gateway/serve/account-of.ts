import type { Fact } from 'opportune';
import { kindOf } from '../../src/domain/value.js';

/** The account whose timeline a fact is folded into; where there is none, the first that it is folded into. */
export const accountOf = ({ subjects }: Fact): string =>
  subjects.find((subject) => kindOf(subject) === 'account') ?? subjects[0] ?? '';
