export interface Message {
  readonly title: string;
  readonly text: string;
  /** Without a total it is not known how much there is. */
  readonly progress?: { readonly done: number; readonly total: number };
  readonly go?: { readonly label: string; readonly run: () => unknown };
  readonly stop?: { readonly label: string; readonly run: () => unknown };
}

/** What stands in the place of the panel while there is none. */
export function createMessage(): { show(message: Message): void; hide(): void } {
  const find = <Kind extends HTMLElement>(id: string): Kind =>
    document.querySelector(`#${id}`) as Kind;
  const [section, title, text] = [find('message'), find('title'), find('text')];
  const progress = find<HTMLProgressElement>('progress');
  const buttons = { go: find('go'), stop: find('stop') };
  let runs: Pick<Message, 'go' | 'stop'> = {};
  for (const name of ['go', 'stop'] as const)
    buttons[name].addEventListener('click', () => runs[name]?.run());

  /** What is set anew to the same words would be said anew. */
  const say = (element: HTMLElement, words: string): void => {
    if (element.textContent !== words) element.textContent = words;
  };

  return {
    show(message) {
      const hadFocus = section.contains(document.activeElement);
      section.hidden = false;
      say(title, message.title);
      // How far it is changes all the time: it is there to be read, and not said.
      text.ariaLive = message.progress ? 'off' : null;
      say(text, message.text);
      progress.hidden = message.progress === undefined;
      if (message.progress && message.progress.total > 0) {
        progress.max = message.progress.total;
        progress.value = message.progress.done;
      } else progress.removeAttribute('value');
      runs = message;
      for (const name of ['go', 'stop'] as const) {
        const button = buttons[name];
        say(button, message[name]?.label ?? '');
        if (message[name] === undefined) button.blur();
        button.hidden = message[name] === undefined;
      }
      // Who works by keyboard goes on at the button that came in its place.
      if (hadFocus && Object.values(buttons).every((one) => one !== document.activeElement))
        (Object.values(buttons).find(({ hidden }) => !hidden) ?? title).focus();
    },
    hide() {
      const hadFocus = section.contains(document.activeElement);
      section.hidden = true;
      if (hadFocus) document.querySelector('main')?.focus();
    },
  };
}
