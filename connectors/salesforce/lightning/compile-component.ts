import { fileURLToPath } from 'node:url';
import lwc from '@lwc/rollup-plugin';
import { type Plugin, rollup } from 'rollup';

const MODULES = fileURLToPath(new URL('force-app/main/default', import.meta.url));

/** What Salesforce gives to a component; the page of a test gives it in Salesforce's place. */
const GIVEN: { readonly [name: string]: string } = {
  '@salesforce/apex/OpportunePanel.getGrant': 'export default (given) => globalThis.apex(given);',
  '@salesforce/i18n/locale': "export default 'en-GB';",
  '@salesforce/resourceUrl/opportunePanel': "export default '/resource/opportunePanel.js';",
  'lightning/platformResourceLoader':
    'export const loadScript = (component, url) => globalThis.loadResource(url);',
};

/** The component as the compiler of Lightning makes it, with `place(element, properties)` that puts it on a page. */
export async function compileComponent(): Promise<string> {
  const given: Plugin = {
    name: 'given',
    resolveId: (id) => (Object.hasOwn(GIVEN, id) || id === 'start' ? id : null),
    load: (id) => (id === 'start' ? START : (GIVEN[id] ?? null)),
    transform: (code) => ({
      code: code.replaceAll('process.env.NODE_ENV', "'production'"),
      map: null,
    }),
  };
  const bundle = await rollup({
    input: 'start',
    plugins: [
      given,
      lwc({
        rootDir: MODULES,
        modules: [
          { name: 'c/opportunePanel', path: `${MODULES}/lwc/opportunePanel/opportunePanel.js` },
        ],
        exclude: [/^start$/, /^(@salesforce|lightning)\//, /engine-dom/],
      }),
    ],
    onwarn(warning) {
      throw new Error(`${warning.code}: ${warning.message}`);
    },
  });
  const { output } = await bundle.generate({ format: 'iife' });
  return output[0].code;
}

const START = `
import { createElement } from 'lwc';
import OpportunePanel from 'c/opportunePanel';
globalThis.place = (into, properties) => {
  const element = createElement('c-opportune-panel', { is: OpportunePanel });
  Object.assign(element, properties);
  into.append(element);
  return element;
};`;
