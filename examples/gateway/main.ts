import { startPage } from './page.js';

const root = document.querySelector<HTMLElement>('#demo');
if (root) {
  startPage(root).catch((error: unknown) => {
    const message = document.createElement('p');
    message.className = 'loading';
    message.role = 'alert';
    message.textContent = `The demo could not start: ${error instanceof Error ? error.message : String(error)}`;
    root.replaceChildren(message);
  });
}
