import { startEngine } from './engine.js';
import { openSettings } from './settings.js';

const ALARM = 'opportune-refresh';
const EVERY_MINUTES = 15;
/** Chrome ends a worker that asks it nothing for half a minute. */
const ALIVE_MS = 20_000;

void chrome.sidePanel.setPanelBehavior({ openPanelOnActionClick: true });
chrome.runtime.onInstalled.addListener(({ reason }) => {
  void setAlarm();
  if (reason === 'install') void chrome.runtime.openOptionsPage();
});
chrome.runtime.onStartup.addListener(() => void setAlarm());
chrome.alarms.onAlarm.addListener(({ name }) => {
  if (name === ALARM) void refresh();
});

async function setAlarm(): Promise<void> {
  if (!(await chrome.alarms.get(ALARM)))
    await chrome.alarms.create(ALARM, { periodInMinutes: EVERY_MINUTES });
}

/** Accounts go on while the browser runs, also when no panel is open. The first load is left to a page that shows it. */
async function refresh(): Promise<void> {
  const alive = setInterval(() => void chrome.runtime.getPlatformInfo(), ALIVE_MS);
  const settings = await openSettings();
  try {
    const engine = await startEngine(settings);
    if (!('refresh' in engine)) return;
    try {
      if (await engine.accounts.isLoaded()) await engine.refresh();
    } finally {
      await engine.close();
    }
  } finally {
    clearInterval(alive);
    await settings.close();
  }
}
