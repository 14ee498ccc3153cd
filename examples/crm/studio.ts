import 'opportune/widget/studio/define';
import { type Changes, connectEngine } from 'opportune/studio';
import { NOW } from './data/calendar.js';

const KEPT = 'opportune-demo-studio';
const AUTHOR = 'ines.moreau@halden.example';

/** The page's policy lets no other text become the address of a script. */
const policy = (
  globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): unknown } }
).trustedTypes?.createPolicy('opportune-worker', { createScriptURL: (url: string) => url }) as
  | { createScriptURL(url: string): string }
  | undefined;
const address = new URL('studio-worker.ts', import.meta.url).href;
const worker = new Worker(policy?.createScriptURL(address) ?? address, { type: 'module' });

const studio = document.querySelector('opportune-studio');
if (studio)
  studio.source = {
    engine: connectEngine(worker),
    async open() {
      const answer = await fetch(new URL('playbook-files.json', import.meta.url));
      if (!answer.ok) throw new Error(await answer.text());
      const kept = localStorage.getItem(KEPT);
      return {
        files: await answer.json(),
        author: AUTHOR,
        now: NOW,
        ...(kept && { kept: JSON.parse(kept) as Changes }),
      };
    },
    async keep(changes) {
      localStorage.setItem(KEPT, JSON.stringify(changes));
    },
  };
