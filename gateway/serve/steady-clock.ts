import type { Clock } from 'opportune';

/**
 * A clock that never goes back: where the machine's is set back, it goes on at half its speed until the other has caught up.
 * What was learned later is stamped later, and what is due comes, if late. Who may come in is judged by the machine's own
 * clock all the same.
 */
export function createSteadyClock(machine: Clock): Clock {
  let read = machine.now();
  let told = read;
  return {
    now() {
      const now = machine.now();
      told = Math.max(now, told + Math.max(0, now - read) / 2);
      read = now;
      return Math.floor(told);
    },
  };
}
