import { addWorkdays, isWorkday } from '../core/calendar.js';
import { dateOfDay } from '../core/zone.js';
import type { SnoozeView } from '../domain/view.js';
import type { Reading } from './reading.js';

/** Three weeks of working days, and a later day to begin with where none of them does. */
export function toSnooze({ words, playbook }: Reading): SnoozeView {
  const today = words.dayOf(words.now);
  const worked = playbook.workdays.length ? playbook.workdays : [1, 2, 3, 4, 5];
  // A week begins on the worked day that follows a day off: Monday here, Sunday elsewhere.
  const begins = worked.find((weekday) => !worked.includes(weekday === 1 ? 7 : weekday - 1)) ?? 1;
  const columns = [0, 1, 2, 3, 4, 5, 6].filter((add) =>
    worked.includes(((begins - 1 + add) % 7) + 1),
  );
  const free = (day: number): boolean =>
    day > today && isWorkday(day, { ...playbook, workdays: worked });
  // 1970-01-01 was a Thursday, weekday 4.
  let start = today - ((((today + 4 - begins) % 7) + 7) % 7);
  if (!columns.some((add) => free(start + add))) start += 7;
  const days = [0, 7, 14].flatMap((week) => columns.map((add) => start + week + add));
  return {
    weekdays: columns.map((add) => words.weekday(start + add)),
    days: days.map((day, index) => {
      const newMonth = index > 0 && isNewMonth(days[index - 1] as number, day);
      return {
        date: dateOfDay(day),
        label: words.dayInRow(day, newMonth),
        // What can be seen is part of the name, for those who speak to their computer.
        fullLabel: words.fullDay(day, newMonth),
        enabled: free(day),
      };
    }),
    earliest: dateOfDay(today + 1),
    latest: dateOfDay(today + 365),
    suggested: dateOfDay(addWorkdays(days.at(-1) as number, 1, { ...playbook, workdays: worked })),
  };
}

function isNewMonth(before: number, day: number): boolean {
  return dateOfDay(before).slice(0, 7) !== dateOfDay(day).slice(0, 7);
}
