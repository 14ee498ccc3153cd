import { A as Attribute } from './playbook.js';
import { A as AttributeValue } from './fact.js';

/** What the matcher uses of an attribute's declaration. An undeclared attribute works too. */
type MatcherAttribute = Pick<Attribute, 'id' | 'type'> & Partial<Pick<Attribute, 'derive'>>;
type Value = AttributeValue | null | undefined;
interface Values {
    readonly [attribute: string]: Value;
}

export type { MatcherAttribute as M, Values as V, Value as a };
