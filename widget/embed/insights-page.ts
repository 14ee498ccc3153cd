import { askGateway } from '../../src/insights/remote-insights.js';
import { define } from '../opportune-insights.js';

/** The page that the gateway serves for managers: a token opens it, which this tab keeps in memory and nowhere else. */
function start(): void {
  define();
  const form = document.querySelector('form');
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    const field = form.querySelector('input');
    const token = field?.value.trim() ?? '';
    if (token === '') return;
    form.remove();
    open(/^(Bearer|Development) /.test(token) ? token : `Bearer ${token}`);
  });
}

function open(authorization: string): void {
  const page = document.createElement('opportune-insights');
  page.source = askGateway({
    url: location.origin,
    authorization: async () => authorization,
    fetch: (...given) => fetch(...given),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  document.body.append(page);
}

start();
