import { html, type LitElement, nothing } from 'lit';
import type { TryPlan } from '../src/domain/try.js';
import type { CardView, PanelSource, PanelView } from '../src/domain/view.js';
import { ActionAcceptEvent } from './action-accept-event.js';
import { button, line, steps } from './panel-bits.js';
import { cards } from './panel-card.js';
import * as icons from './panel-icons.js';
import { safeHref } from './panel-markdown.js';
import type { Choosing, Parts } from './panel-parts.js';
import { openTries } from './panel-tries.js';
import * as views from './panel-views.js';

/** Text and skeleton of loading appear after this. */
const LOADING_MS = 300;
const COPIED_MS = 2000;

export interface Desk {
  readonly render: () => unknown;
  /** The panel came into sight or left it. */
  readonly see: (inSight: boolean) => void;
  /** Pointer or focus came into the panel or left it. */
  readonly hold: (held: boolean) => void;
  readonly close: () => void;
}

/** One record before one rep: what is unfolded, chosen, copied and said. It ends when another record comes into view. */
export function createDesk(
  panel: LitElement,
  source: PanelSource,
  record: string,
  asker: string,
): Desk {
  const { strings } = source;
  let view: PanelView | undefined;
  let choosing: { readonly card: string; readonly what: Choosing } | undefined;
  /** A view inside the panel, in place of the cards. */
  let inside: { readonly title: string; readonly count: string; body(): unknown } | undefined;
  let menu = false;
  let slow = false;
  let held = false;
  let inSight = false;
  let closed = false;
  let said = '';
  let urgent = '';
  /** Where Back returns to. */
  let cameFrom = '';
  /** What stands open, by name: cards, parts of them, what was copied a moment ago, questions that were skipped. */
  const open = new Set<string>();
  /** What became of tries that were begun, by card. */
  const begun = new Map<string, string>();

  const redraw = (): void => panel.requestUpdate();
  const slowTimer = setTimeout(() => {
    slow = true;
    redraw();
  }, LOADING_MS);

  /** The same words twice are two texts to a screen reader only when something differs. */
  const again = (before: string, text: string): string =>
    before === text ? `${text}\u00a0` : text;
  const say = (text: string): void => {
    said = again(said, text);
    redraw();
  };
  const tellHeld = (): void => session.hold(held, [...open]);
  const tellSeen = (): void => {
    if (!inSight || inside || closed || document.hidden) return;
    for (const { type, id } of view?.cards ?? []) if (type === 'card') session.seen(id);
  };

  /** Puts the focus where the work goes on, once that is drawn. */
  async function focusOn(selector: string, card?: string): Promise<void> {
    redraw();
    await panel.updateComplete;
    if (closed) return;
    const find = (what: string): HTMLElement[] => [
      ...panel.renderRoot.querySelectorAll<HTMLElement>(what),
    ];
    const place = find('.cards > li')[view?.cards.findIndex(({ id }) => id === card) ?? -1];
    (place?.querySelector<HTMLElement>(selector) ?? place ?? find(selector).at(-1))?.focus();
  }

  function show(next: PanelView): void {
    const before = view;
    view = next;
    const { announcement, status } = next;
    if (announcement && announcement !== before?.announcement) {
      if (announcement.urgent) urgent = again(urgent, announcement.text);
      else said = again(said, announcement.text);
    }
    if (status !== 'loading') {
      clearTimeout(slowTimer);
      const [first] = next.cards;
      // The first card of a record stands open; a later one only when nothing else was there and nobody is at work here.
      if (
        first?.type === 'card' &&
        (!before || before.status === 'loading' || (!before.cards.length && !held))
      ) {
        open.add(first.id);
      }
    }
    redraw();
    // The session is not there yet when it shows something at once.
    queueMicrotask(() => {
      tellHeld();
      tellSeen();
    });
  }

  const failed = (): void => {
    inside = {
      title: strings.whatWentWrong,
      count: '',
      body: () => line('say', strings.cannotRead),
    };
    void focusOn('h2');
  };

  /** The card is a receipt now, or waits to be sent: the focus goes to the way back. */
  const afterAnswer = (card: string): Promise<void> => {
    choosing = undefined;
    return focusOn(view?.cards.some(({ id }) => id === card) ? '.undo' : '.waiting .undo', card);
  };

  async function accept({ id, primary: { kind, href: address } }: CardView): Promise<void> {
    const goOn = await session.answer(id, { kind: 'primary' });
    await afterAnswer(id);
    const href = safeHref(address);
    const event = new ActionAcceptEvent({ card: id, record, kind, href });
    if (!goOn || !panel.dispatchEvent(event) || !href) return;
    const link = document.createElement('a');
    link.href = href;
    if (/^http/i.test(href)) {
      link.target = '_blank';
      link.rel = 'noopener noreferrer';
    }
    link.click();
  }

  async function copy(id: string, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return say(strings.cannotCopy);
    }
    say(`${strings.copied}.`);
    parts.setOpen(id, true);
    setTimeout(() => closed || parts.setOpen(id, false), COPIED_MS);
  }

  async function beginTry(card: string, plan: TryPlan): Promise<void> {
    begun.set(card, await session.beginTry(card, plan));
    choosing = undefined;
    await focusOn('button.try', card);
  }

  async function undo(responseId: string): Promise<void> {
    const known = view?.cards.map(({ type, id }) => type + id);
    const root = panel.renderRoot as ShadowRoot;
    const from = root.activeElement;
    await session.undo(responseId);
    const card = view?.cards.find(({ type, id }) => type === 'card' && !known?.includes(type + id));
    if (card) parts.setOpen(card.id, true);
    // Who has gone on meanwhile is not called back.
    if (!root.activeElement || root.activeElement === from)
      await focusOn('.title, .waiting .undo, .more', card?.id);
  }

  const parts: Parts = {
    strings,
    isOpen: (what) => open.has(what),
    setOpen(what, is) {
      if (open.has(what) === is) return;
      if (is) open.add(what);
      else open.delete(what);
      tellHeld();
      redraw();
    },
    choosing: (card) => (choosing?.card === card ? choosing.what : undefined),
    choose(card, what) {
      choosing = what && { card, what };
      if (what === 'other') void focusOn('textarea', card);
      redraw();
    },
    copy: (id, text) => void copy(id, text),
    accept: (card) => void accept(card),
    answer(card, given) {
      const stays = given.kind === 'helpful' || given.kind === 'outcome';
      void session.answer(card, given).then(() => (stays ? undefined : afterAnswer(card)));
    },
    beginTry: (card, plan) => void beginTry(card, plan),
    begun: (card) => begun.get(card),
    undo: (responseId) => void undo(responseId),
    sendTip: (text, card) =>
      void session
        .sendTip({ text, goesWith: [], signed: true, card })
        .then(() => focusOn('.undo', card), failed),
    skip(card) {
      open.add(`skip ${card}`);
      void focusOn('.undo', card);
    },
  };

  /** Opens a view inside the panel; `from` is the button that Back returns to. */
  async function go(
    from: string,
    title: string,
    load: () => Promise<{ readonly count?: string; body(): unknown }>,
  ): Promise<void> {
    cameFrom = from;
    try {
      inside = { title, count: '', ...(await load()) };
      menu = false;
      await focusOn('h2');
    } catch {
      failed();
    }
  }

  const toWhyNot = async (): Promise<{ count: string; body(): unknown }> => {
    const data = await session.whyNot();
    return { count: data.count, body: views.whyNot(data, strings, redraw) };
  };
  const toHistory = async (): Promise<{ count: string; body(): unknown }> => {
    const data = await session.history();
    return { count: view?.name ?? '', body: () => views.history(data, strings) };
  };
  const toKinds = async (): Promise<{ body(): unknown }> => {
    const data = await session.kinds();
    const set = (kind: string, on: boolean): void => void session.setKind(kind, on).catch(failed);
    return { body: () => views.kinds(data, strings, set) };
  };
  const toTips = async (): Promise<{ body(): unknown }> => {
    let data = await session.tips();
    let sent = false;
    const send = async (tip: views.TipOfForm): Promise<void> => {
      try {
        await session.sendTip(tip);
        data = await session.tips();
        sent = true;
        redraw();
      } catch {
        failed();
      }
    };
    return { body: () => views.tips(data, strings, sent, send) };
  };

  const toTries = (): Promise<{ body(): unknown }> =>
    openTries(session, strings, (did) => void did.then(() => focusOn('.said'), failed));

  const back = (): void => {
    inside = undefined;
    void focusOn(cameFrom);
  };

  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    const was = choosing;
    if (inside) back();
    else if (was) {
      choosing = undefined;
      void focusOn(was.what === 'other' ? '.reasons' : `.${was.what}`, was.card);
    } else if (menu) {
      menu = false;
      void focusOn('.more');
    } else return;
    event.stopPropagation();
  }

  function main(current: PanelView): unknown {
    const item = (title: string, load: Parameters<typeof go>[2], label = title): unknown =>
      html`<li>${button('quiet', label, () => go('.more', title, load))}</li>`;
    const toggle = (): void => {
      menu = !menu;
      redraw();
    };
    return html`<header class="head">${icons.mark}<h2>${strings.panelTitle}</h2><span class="meta">${current.asOf}</span>${button('quiet more', icons.more, toggle, { name: strings.more, expanded: menu })}</header>${
      menu
        ? html`<ul class="menu">${item(strings.kinds, toKinds)}${item(strings.history, toHistory)}${item(strings.tips, toTips, strings.myTips)}${item(strings.myTries, toTries)}${item(strings.howNumbers, async () => ({ body: () => views.numbers(strings) }))}</ul>`
        : nothing
    }${views.notices(current.notices)}${state(current)}`;
  }

  function state(current: PanelView): unknown {
    const { status, whyNotLabel, nothing: none } = current;
    const addTip = (look: string): unknown =>
      button(`tip ${look}`, strings.addTip, () => go('.tip', strings.tips, toTips));
    if (status === 'loading') return slow ? views.loading(current.name, strings) : nothing;
    if (status === 'error') return views.problem(current, strings, () => session.retry());
    if (status === 'no-access') return views.say(strings.noAccessTitle, strings.noAccess);
    if (status === 'no-plays') {
      return views.say(
        strings.noPlaysTitle,
        strings.noPlays,
        html`${line('small', strings.noPlaysTip)}<div class="actions">${addTip('')}</div>`,
      );
    }
    return html`${cards(current.cards, parts)}${
      none ? views.say(none.title, none.text, steps(none.steps)) : nothing
    }${views.waiting(current, strings, parts.undo)}<footer class="foot">${
      whyNotLabel
        ? button('quiet others', whyNotLabel, () => go('.others', strings.whyNot, toWhyNot))
        : nothing
    }${addTip('quiet')}</footer>`;
  }

  const session = source.open(record, asker, show);

  return {
    render: () =>
      view &&
      html`<section .ariaLabel=${strings.panelTitle} .dir=${strings.direction} .lang=${strings.locale} @keydown=${onKey}><p class="spoken" role="status">${said}</p>${
        urgent ? html`<p class="spoken" role="alert">${urgent}</p>` : nothing
      }${
        inside
          ? html`<header class="head back">${button('quiet', icons.back, back, { name: strings.back })}<h2 tabindex="-1">${inside.title}</h2><span class="meta">${inside.count}</span></header>${inside.body()}`
          : main(view)
      }</section>`,
    see(is) {
      inSight = is;
      tellSeen();
    },
    hold(is) {
      if (is === held) return;
      held = is;
      tellHeld();
    },
    close() {
      closed = true;
      clearTimeout(slowTimer);
      session.close();
    },
  };
}
