import { statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OpportuneError, type RecordId } from 'opportune';
import {
  type ReadCalendar,
  type ReadCalendarOptions,
  readCalendar,
} from '../../src/day/calendar/read-calendar.js';

/** The calendars of reps, each a file that somebody else keeps. */
export interface Calendars {
  /** Undefined where there is none of this rep; `unreadable` where there is one that cannot be read. */
  of(rep: RecordId, options: ReadCalendarOptions): Promise<ReadCalendar | 'unreadable' | undefined>;
}

const MOST_BYTES = 10_000_000;
/** No way out of the folder. */
const NAME = /^[^/\\\0]{1,200}$/;

/**
 * The files of a folder: `crm-rep-7.ics` is the calendar of `crm:rep:7`. A file that has not changed is not read again.
 *
 * @throws OpportuneError `opportune/calendars`: the folder is not there
 */
export function openCalendars(folder: string): Calendars {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new OpportuneError('opportune/calendars', 'the folder of calendars is not there', {
      where: folder,
      remedy: 'Make it, and put the calendar of each rep into it as crm-rep-ID.ics',
    });
  const known = new Map<RecordId, { readonly asked: string; readonly read: ReadCalendar }>();
  return {
    async of(rep, options) {
      const name = rep.replaceAll(':', '-');
      if (!NAME.test(name)) return undefined;
      const file = join(folder, `${name}.ics`);
      try {
        const { size, mtimeMs } = await stat(file);
        if (size > MOST_BYTES) return 'unreadable';
        const asked = JSON.stringify([size, mtimeMs, options]);
        const before = known.get(rep);
        if (before?.asked === asked) return before.read;
        const read = readCalendar(await readFile(file, 'utf8'), options);
        known.set(rep, { asked, read });
        return read;
      } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : 'unreadable';
      }
    },
  };
}
