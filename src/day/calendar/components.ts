/** One line of a calendar: `DTSTART;TZID=Europe/Berlin:20261201T090000`. Names are in capitals. */
export interface CalendarProperty {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

/** What stands between a BEGIN and its END. */
export interface CalendarPart {
  readonly name: string;
  readonly properties: readonly CalendarProperty[];
  readonly parts: readonly CalendarPart[];
}

interface OpenPart extends CalendarPart {
  readonly properties: CalendarProperty[];
  readonly parts: OpenPart[];
}

const MOST_DEPTH = 8;

/** The calendars of a file (RFC 5545, section 3.1). What is no line of one is passed over; none is found in other files. */
export function readParts(text: string): readonly CalendarPart[] {
  const found: OpenPart[] = [];
  const open: OpenPart[] = [];
  for (const line of text.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const property = readProperty(line);
    if (!property) continue;
    const inner = open.at(-1);
    if (property.name === 'BEGIN') {
      const part = { name: property.value.trim().toUpperCase(), properties: [], parts: [] };
      if (open.length < MOST_DEPTH) (inner?.parts ?? found).push(part);
      open.push(part);
    } else if (property.name === 'END') open.pop();
    else inner?.properties.push(property);
  }
  return found.filter(({ name }) => name === 'VCALENDAR');
}

/** The first property that is called so. */
export const propertyOf = (
  { properties }: CalendarPart,
  name: string,
): CalendarProperty | undefined => properties.find((one) => one.name === name);

export const textOf = (part: CalendarPart, name: string): string =>
  propertyOf(part, name)?.value.trim().toUpperCase() ?? '';

function readProperty(line: string): CalendarProperty | undefined {
  const [head = '', ...parameters] = splitHead(line) ?? [];
  if (!/^[A-Za-z0-9-]+$/.test(head)) return undefined;
  return {
    name: head.toUpperCase(),
    parameters: new Map(
      parameters.map((one) => {
        const at = one.indexOf('=');
        return [one.slice(0, at).toUpperCase(), one.slice(at + 1).replaceAll('"', '')];
      }),
    ),
    value: line.slice([head, ...parameters].join(';').length + 1),
  };
}

/** The name and the parameters, which end at a colon outside quotes; undefined where there is none. */
function splitHead(line: string): string[] | undefined {
  const parts: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at];
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted || (character !== ';' && character !== ':')) continue;
    parts.push(line.slice(from, at));
    from = at + 1;
    if (character === ':') return parts;
  }
  return undefined;
}
