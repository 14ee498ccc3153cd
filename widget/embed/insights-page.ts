import { askGateway } from '../../src/insights/remote-insights.js';
import { define } from '../opportune-insights.js';
import { createSignIn } from './sign-in.js';

/** The page that the gateway serves for managers: a token opens it, which this tab keeps in memory and nowhere else. */
async function start(): Promise<void> {
  define();
  const authorization = await createSignIn(document).first();
  const page = document.createElement('opportune-insights');
  page.source = askGateway({
    url: location.origin,
    authorization: async () => authorization,
    fetch: (...given) => fetch(...given),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  document.body.append(page);
}

void start();
