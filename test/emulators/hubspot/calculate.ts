import type { Links } from './links.js';
import type { Value } from './property-values.js';
import { STAGES } from './schema.js';

interface Values {
  readonly [property: string]: Value;
}

/** Properties of a record that follow from others, and from what it is associated with. */
export function calculate(name: string, id: string, properties: Values, links: Links): Values {
  if (name === 'contacts')
    return {
      associatedcompanyid: links.primary(name, id, 'companies'),
      hs_full_name_or_email: fullName(properties),
    };
  if (name === 'line_items') {
    const { quantity, price } = properties;
    const isPriced = quantity !== undefined && price !== undefined;
    return {
      amount: isPriced ? String(Number((Number(quantity) * Number(price)).toFixed(2))) : null,
    };
  }
  if (name !== 'deals') return {};
  const stage = STAGES.find((one) => one.id === properties.dealstage);
  return {
    hs_primary_associated_company: links.primary(name, id, 'companies'),
    hs_is_closed: String(stage?.closed === true),
    hs_is_closed_won: String(stage?.id === 'closedwon'),
    [LINE_ITEMS]: String(links.of(name, id, 'line_items').size),
  };
}

/** How many products a deal holds. It is a property like any other: when it changes, the deal has changed. */
export const LINE_ITEMS = 'hs_num_of_associated_line_items';

const fullName = ({ firstname, lastname, email }: Values): Value =>
  [firstname, lastname].filter(Boolean).join(' ') || (email ?? null);
