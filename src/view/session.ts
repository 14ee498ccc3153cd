import { isOpportuneError } from '../core/errors.js';
import type { Response, ResponseRequest, ResponseResult } from '../domain/response.js';
import type { RecordId } from '../domain/value.js';
import type {
  NoticeView,
  PanelAnswer,
  PanelSession,
  PanelView,
  ReceiptView,
} from '../domain/view.js';
import { firstSaid, laterSaid } from './announcements.js';
import { sentence } from './card-view.js';
import type { Desk } from './desk.js';
import { clean, createWords } from './format.js';
import { createInside } from './inside.js';
import { type Problem, toPanelView } from './panel-view.js';
import { createReading, type Reading } from './reading.js';
import { closes, tellsRefusal, toAnswered, toRefusal } from './receipts.js';
import { createTrySender } from './send-try.js';
import { placeCards, type Slot } from './slots.js';

const RETRY_MS = 300_000;

/** One record before one rep. Everything the rep sees follows from `slots`, the queue and the last reading. */
export function openSession(
  desk: Desk,
  record: RecordId,
  asker: RecordId,
  listener: (view: PanelView) => void,
): PanelSession {
  const { agent, clock, queue, strings, newId } = desk;
  let closed = false;
  let reading: Reading | undefined;
  let noPlaybook = false;
  let slots: readonly Slot[] = [];
  let problem: Problem | undefined;
  let announcement: PanelView['announcement'];
  let notices: readonly NoticeView[] = [];
  let held = false;
  let open: ReadonlySet<string> = new Set();
  let last = '';
  let running = false;
  let again = false;
  /** Answers that are being taken back, and how many were: a look that began before one of them is over shows it answered. */
  let undoing = 0;
  let undone = 0;
  let stopRetry: (() => void) | undefined;
  const seen = new Set<string>();

  const words = (): Reading['words'] => createWords(strings, reading?.playbook ?? {}, clock.now());
  const say = (text: string, urgent = false): void => {
    if (text) announcement = { text: sentence(text), urgent };
  };
  const waiting = () =>
    queue
      .list()
      .filter(
        ({ request }) => request.account === reading?.decision.account && request.asker === asker,
      );

  function emit(): void {
    if (closed) return;
    const next = toPanelView({
      ...{ reading, noPlaybook, slots, problem, notices, announcement },
      ...{ words: words(), waiting: waiting() },
      ...{ offlineSince: queue.offlineSince(), now: clock.now() },
    });
    const bytes = JSON.stringify(next);
    if (bytes === last) return;
    last = bytes;
    listener(next);
  }

  async function refresh(): Promise<void> {
    again = running;
    if (running || closed || undoing) return;
    // Offline, what was last seen stays: the CRM behind the agent cannot be asked.
    if (reading && queue.offlineSince() !== undefined) return;
    running = true;
    const begun = undone;
    try {
      const [playbook, decision] = await Promise.all([
        agent.playbook(),
        agent.decide(record, asker, {
          answers: slots.flatMap(({ receipt }) => receipt?.responseId ?? []),
        }),
        queue.ready,
      ]);
      noPlaybook = !playbook;
      if (playbook && begun === undone) {
        const next = createReading(decision, playbook, strings);
        const ids = new Set(decision.shown.map(({ opening }) => opening));
        const lost = slots.some(({ id, receipt }) => !receipt && !ids.has(id));
        const history = lost ? await agent.history(record, asker).catch(() => []) : [];
        if (!closed) take(next, history);
      }
      problem = undefined;
      stopRetry?.();
      stopRetry = undefined;
    } catch (error) {
      if (!closed) fail(error);
    }
    running = false;
    emit();
    if (again) void refresh();
  }

  function take(next: Reading, history: Parameters<typeof placeCards>[2]['history']): void {
    const before = reading;
    reading = next;
    const pending = new Set(
      waiting()
        .filter(({ request }) => closes(request.response))
        .map(({ request }) => request.opening),
    );
    const placed = placeCards(slots, next, { pending, held, open, history });
    slots = placed.slots;
    say(before ? laterSaid(placed, next) : firstSaid(slots, next, queue.offlineSince()));
  }

  function fail(error: unknown): void {
    if (!problem) say(words().fill(strings.errorTitle, { time: words().time(clock.now()) }));
    const every = clock.every;
    stopRetry ??= every?.call(clock, RETRY_MS, () => void refresh());
    if (isOpportuneError(error, 'opportune/signed-out')) {
      // Whoever comes to this page next sees nothing of it.
      reading = undefined;
      slots = [];
    }
    problem = {
      since: problem?.since ?? clock.now(),
      detail: clean(error instanceof Error ? error.message : String(error)),
      ...(every && { retryAt: clock.now() + RETRY_MS }),
    };
  }

  const patch = (id: string, change: Partial<Slot>): void => {
    slots = slots.map((slot) => (slot.id === id ? { ...slot, ...change } : slot));
  };

  const slotOf = (responseId: string): Slot | undefined =>
    slots.find(({ receipt }) => receipt?.responseId === responseId);

  const about = (
    opening = '',
  ): Pick<ResponseRequest, 'play' | 'record' | 'account' | 'opening'> => {
    const { play = '', record: own = record } = slots.find(({ id }) => id === opening)?.card ?? {};
    return { play, record: own, account: reading?.decision.account ?? record, opening };
  };

  const request = (slot: Slot, response: Response, id = newId()): ResponseRequest => ({
    ...{ id, ...about(slot.id), asker },
    ...{ occurredAt: clock.now(), response },
  });

  /** An answer about a card that stays: it needs no receipt of its own. */
  async function remark(slot: Slot, response: Response): Promise<boolean> {
    emit();
    const text = words().fill(strings.waitOther, { title: slot.view.title });
    const sent = await queue.send({
      request: request(slot, response),
      title: slot.view.title,
      text,
    });
    say(sent === 'lost' ? strings.sayNotKept : strings.sayNoted, sent === 'lost');
    emit();
    return sent !== 'lost';
  }

  async function answer(card: string, given: PanelAnswer): Promise<boolean> {
    const slot = slots.find(({ id }) => id === card);
    if (!slot || !reading) return false;
    if (given.kind === 'helpful') {
      patch(card, { helpful: given.helpful });
      return remark(slot, { kind: given.helpful ? 'helpful' : 'not-helpful' });
    }
    const { receipt } = slot;
    if (given.kind === 'outcome') {
      if (!receipt?.question) return false;
      const question = { ...receipt.question, chosen: given.choice };
      patch(card, { receipt: { ...receipt, question } });
      return remark(slot, { kind: 'outcome', outcome: given.choice });
    }
    if (receipt) return false;
    const id = newId();
    const answered = toAnswered(given, slot.card, slot.view, id, reading);
    patch(card, { receipt: answered.receipt });
    say(answered.said);
    emit();
    const sent = await queue.send({
      request: request(slot, answered.response, id),
      title: slot.view.title,
      text: answered.waiting,
    });
    if (sent === 'lost') {
      patch(card, { receipt: undefined });
      say(strings.sayNotKept, true);
    } else if (sent === 'queued') {
      patch(card, { waits: true });
      say(strings.sayQueued);
    } else {
      const receipt = refused(sent, card, slot.view.title);
      if (receipt) patch(card, { receipt });
    }
    emit();
    return sent === 'queued' || (sent !== 'lost' && sent.status === 'recorded');
  }

  /** What tells the rep that an answer was not carried out; undefined when it was. */
  function refused(result: ResponseResult, id: string, title: string): ReceiptView | undefined {
    const who = reading?.who ?? (() => strings.aColleague);
    const refusal = toRefusal(result, id, title, { words: words(), who });
    const unknown = result.status === 'unknown-card';
    if (refusal) say(`${refusal.text} ${refusal.detail} ${refusal.note}`, unknown);
    return refusal;
  }

  async function undo(responseId: string): Promise<void> {
    const slot = slotOf(responseId);
    const queued = queue.list().find((one) => one.request.id === responseId);
    const title = queued?.title ?? slot?.view.title ?? '';
    const removed = queued && (await queue.remove(responseId));
    if (!slot && !removed) return;
    if (slot) patch(slot.id, { receipt: undefined, waits: false });
    else void refresh();
    say(words().fill(strings.sayUndone, { title }));
    emit();
    if (!slot || removed) return;
    undoing++;
    undone++;
    const sent = await queue.send({
      request: request(slot, { kind: 'undo', of: responseId }),
      title,
      text: words().fill(strings.waitUndo, { title }),
    });
    undoing--;
    if (sent === 'lost') {
      patch(slot.id, { receipt: slot.receipt });
      say(strings.sayNotKept, true);
      emit();
    } else await refresh();
  }

  const stopQueue = queue.listen((change) => {
    if (change === 'connection') {
      const since = queue.offlineSince();
      say(
        since === undefined
          ? strings.sayOnline
          : words().fill(strings.offlineTitle, { time: words().time(since) }),
      );
      if (since === undefined) void refresh();
    } else if (change.waiting.request.asker === asker) {
      const { request: sent, title } = change.waiting;
      const back = slotOf(sent.id);
      const refusal =
        change.result && tellsRefusal(sent.response) && refused(change.result, sent.opening, title);
      if (back && !change.result) patch(back.id, { waits: false, receipt: undefined });
      else if (back) patch(back.id, { waits: false, ...(refusal && { receipt: refusal }) });
      else if (refusal) {
        const { text, detail, note = '' } = refusal;
        notices = [...notices, { kind: 'caution', title: `${text} ${detail}`, text: note }];
      }
      if (!change.result) void refresh();
    }
    emit();
  });
  const stopWatch = agent.watch(record, () => void refresh());
  emit();
  void refresh();

  const inside = createInside(desk, record, asker);
  const tries = createTrySender(desk, asker, about, (text) => {
    say(text);
    void refresh();
    emit();
  });

  return {
    answer,
    undo,
    seen(card) {
      const account = reading?.decision.account;
      const shown = slots.find(({ id }) => id === card)?.card;
      if (!account || !shown) return;
      const contents = shown.contents.map(({ id }) => id);
      // The same look has the same id, so that a second panel of this rep adds nothing. A lost one is no loss to the rep.
      const id = ['seen', card, asker, ...contents].join('|');
      if (seen.has(id)) return;
      seen.add(id);
      agent.seen({ id, account, opening: card, asker, draw: shown.draw, contents }).catch(() => {});
    },
    hold(isHeld, unfolded) {
      held = isHeld;
      open = new Set(unfolded);
    },
    ...inside,
    ...tries,
    async sendTip(tip) {
      const slot = slots.find(({ id }) => id === tip.card);
      await inside.sendTip(tip, slot?.card.play);
      if (slot?.receipt) {
        const { tipQuestion: _, ...receipt } = slot.receipt;
        patch(slot.id, { receipt: { ...receipt, note: strings.tipSent } });
      }
      say(strings.tipSent);
      emit();
    },
    setKind: async (kind, on) => {
      await agent.setKind(asker, kind, on);
      await refresh();
    },
    retry() {
      void queue.flush();
      void refresh();
    },
    close() {
      closed = true;
      stopQueue();
      stopWatch();
      stopRetry?.();
    },
  };
}
