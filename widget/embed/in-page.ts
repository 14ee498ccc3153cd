import { mountPanel } from './mount-panel.js';

// A script that Lightning loads has no exports, and its variables are its own.
Object.assign(globalThis, { opportunePanel: { mountPanel } });
