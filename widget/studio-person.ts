/** A person as people know them: `crm:rep:ana` by the last part alone, an address as it is. */
export const personName = (id: string): string => /^[^:]+:rep:(.+)$/.exec(id)?.[1] ?? id;
