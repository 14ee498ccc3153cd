import { OpportuneError } from 'opportune';

const MINUTE_MS = 60_000;
const FORM = /^([01]\d|2[0-3]):([0-5]\d)$/;

export const isTimeOfDay = (text: string): boolean => FORM.test(text);

/** Milliseconds after midnight of `HH:MM`. */
export function timeOfDay(text: string): number {
  const [, hour, minute] = FORM.exec(text) ?? [];
  if (hour === undefined)
    throw new OpportuneError('opportune/bad-time', 'this is no time of day', {
      where: text.slice(0, 20),
      remedy: 'Write it as 07:30',
    });
  return (Number(hour) * 60 + Number(minute)) * MINUTE_MS;
}
