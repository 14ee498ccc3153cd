/** The name of an attribute without the kind of record that it is of: `stage` of `opportunity.stage`. */
export const bareName = (attribute: string): string => attribute.slice(attribute.indexOf('.') + 1);
