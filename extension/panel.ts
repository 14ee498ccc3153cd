import 'opportune/widget/panel/define';
import { isOpportuneError } from 'opportune';
import { type Active, followActiveRecord } from './active-record.js';
import { type Engine, startEngine } from './engine.js';
import { showFooter } from './panel-footer.js';
import { createMessage } from './panel-message.js';
import type { PageRecord } from './record-in-page.js';
import { onChanged, openSettings } from './settings.js';
import { CRM_NAMES, clockTime, fill, MISSING, WORDS } from './words.js';

const REFRESH_MS = 120_000;
const WRITE_BACK_MS = 3_000;

const panel = document.querySelector('opportune-panel') as HTMLElementTagNameMap['opportune-panel'];
const message = createMessage();
let active: Active = { page: 'elsewhere' };

document.querySelector('#settings')?.addEventListener('click', () => {
  void chrome.runtime.openOptionsPage();
});
onChanged(() => location.reload());
void start();

async function start(): Promise<void> {
  const settings = await openSettings().catch(fail);
  if (!settings) return;
  const engine = await startEngine(settings).catch(fail);
  if (!engine) return;
  if (!('refresh' in engine)) {
    message.show({
      title: WORDS.setUpTitle,
      text: engine.map((missing) => MISSING[missing]).join('\n'),
      go: { label: WORDS.setUpButton, run: () => chrome.runtime.openOptionsPage() },
    });
    return;
  }
  const sayState = showFooter(engine);
  if (!(await engine.accounts.isLoaded())) await firstLoad(engine);
  await run(engine, sayState);
}

/** Neither the settings nor the agent can be opened: the browser keeps nothing, or what it kept is broken. */
function fail(error: unknown): undefined {
  const holes = { time: clockTime(Date.now(), Date.now()), detail: textOf(error) };
  message.show({
    title: fill(WORDS.failedTitle, holes),
    text: fill(WORDS.failedText, holes),
    go: { label: WORDS.tryAgain, run: () => location.reload() },
  });
  return undefined;
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Resolves when the rep's accounts are here. */
async function firstLoad(engine: Engine): Promise<void> {
  const crm = CRM_NAMES[engine.settings.crm];
  let [title, text, label] = [
    WORDS.firstTitle as string,
    fill(WORDS.firstText, { crm }),
    WORDS.firstButton as string,
  ];
  for (;;) {
    await new Promise<void>((resolve) =>
      message.show({ title, text, go: { label, run: resolve } }),
    );
    const stop = new AbortController();
    let count = { done: 0, total: 0 };
    const show = (): void =>
      message.show({
        title: WORDS.loadingTitle,
        text: count.total > 0 ? fill(WORDS.loadingText, count) : '',
        progress: count,
        stop: { label: WORDS.stop, run: () => stop.abort() },
      });
    show();
    try {
      await engine.firstLoad({
        signal: stop.signal,
        onProgress(done, total) {
          count = { done, total };
          show();
        },
      });
      return;
    } catch (error) {
      title = fill(WORDS.stoppedTitle, count);
      text = stop.signal.aborted ? WORDS.stoppedText : `${textOf(error)}\n${WORDS.stoppedText}`;
      label = WORDS.goOnButton;
      if (isOpportuneError(error, 'opportune/playbook')) {
        if (await engine.hasPlaybook()) return;
        title = WORDS.playbookDown;
      }
    }
  }
}

async function run(engine: Engine, sayState: () => Promise<void>): Promise<void> {
  panel.source = engine.source;
  panel.asker = engine.asker;
  const refresh = async (): Promise<void> => {
    await engine.refresh();
    // What could not be asked for before may be there now, and the other way round.
    if (panel.hidden || (await engine.isSignedOut())) await show(engine);
  };
  setInterval(() => void refresh(), REFRESH_MS);
  setInterval(() => void engine.writeBack(), WRITE_BACK_MS);
  for (const type of ['online', 'offline']) addEventListener(type, () => void refresh());
  const again = document.querySelector('#refresh') as HTMLElement;
  again.hidden = false;
  again.addEventListener('click', () => void refresh().then(sayState));
  await followActiveRecord((now) => {
    active = now;
    void show(engine);
  });
  await refresh();
}

type Say = (title: string, text: string) => void;

async function show(engine: Engine): Promise<void> {
  const { settings, signedIn } = engine;
  const { company, name } = signedIn;
  const crm = CRM_NAMES[settings.crm];
  const say: Say = (title, text) => {
    panel.hidden = true;
    panel.record = undefined;
    message.show({ title, text });
  };
  if (await engine.isSignedOut()) {
    say('', '');
    message.show({
      title: fill(WORDS.signIn, { crm }),
      text: WORDS.signInText,
      go: { label: WORDS.setUpButton, run: () => chrome.runtime.openOptionsPage() },
    });
  } else if (active.page === 'elsewhere')
    say(WORDS.nothingOpenTitle, fill(WORDS.nothingOpen, { crm }));
  else if (active.page === 'crm' || active.record.crm !== settings.crm)
    say(WORDS.otherTitle, fill(WORDS.nothingOpen, { crm }));
  else if (active.record.company !== company)
    say(fill(WORDS.otherCompanyTitle, { crm }), fill(WORDS.otherCompany, { company, name }));
  else await showRecord(engine, active.record, say);
}

async function showRecord(engine: Engine, shown: PageRecord, say: Say): Promise<void> {
  const crm = CRM_NAMES[engine.settings.crm];
  const record = `${engine.connection}:${shown.kind}:${shown.id}`;
  const isStill = (): boolean => active.page === 'record' && active.record.id === shown.id;
  const isHere = await engine.accounts.maySee(record);
  if (!isStill()) return;
  if (isHere) open(record);
  else say(fill(WORDS.lookingTitle, { crm }), '');
  try {
    const isShown = await engine.bring(record);
    if (!isStill()) return;
    if (isShown) open(record);
    else say(WORDS.hiddenTitle, WORDS.hidden);
  } catch {
    // The footer says what is wrong, and since when.
    if (isStill() && !isHere) say(WORDS.unreachableTitle, fill(WORDS.unreachable, { crm }));
  }
}

function open(record: string): void {
  message.hide();
  panel.record = record;
  panel.hidden = false;
}
