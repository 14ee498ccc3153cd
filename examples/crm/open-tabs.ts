import { createTabs, type Tabs } from 'opportune/tabs';
import { STORE_NAME } from './store-name.js';

/** The tabs of this browser in which the demo is open. */
export const openTabs = (): Tabs =>
  createTabs({
    name: STORE_NAME,
    locks: navigator.locks,
    createChannel: (name) => new BroadcastChannel(name),
    schedule: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    patienceMs: 5000,
  });
