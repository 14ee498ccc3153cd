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

  return {
    show(message) {
      section.hidden = false;
      title.textContent = message.title;
      text.textContent = message.text;
      progress.hidden = message.progress === undefined;
      if (message.progress && message.progress.total > 0) {
        progress.max = message.progress.total;
        progress.value = message.progress.done;
      } else progress.removeAttribute('value');
      runs = message;
      for (const name of ['go', 'stop'] as const) {
        const button = buttons[name];
        const hadFocus = button === document.activeElement;
        button.textContent = message[name]?.label ?? '';
        button.hidden = message[name] === undefined;
        // Who works by keyboard goes on at the button that came in its place.
        if (hadFocus && button.hidden) (buttons[name === 'go' ? 'stop' : 'go'] ?? title).focus();
      }
    },
    hide() {
      section.hidden = true;
    },
  };
}
