import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import manifest from '../../package.json' with { type: 'json' };
import { emulate } from './emulate.js';

const matches = (query: string): boolean => matchMedia(query).matches;

describe('what browser tests can ask for', () => {
  it('dark, then forced colours and motion in light: each call sets everything', async () => {
    await emulate({ colors: 'dark' });
    expect(matches('(prefers-color-scheme: dark)')).to.equal(true);
    await emulate({ forcedColors: true, reducedMotion: false });
    expect(matches('(prefers-color-scheme: dark)')).to.equal(false);
    expect(matches('(forced-colors: active)')).to.equal(true);
    expect(matches('(prefers-reduced-motion: reduce)')).to.equal(false);
    await emulate({});
    expect(matches('(forced-colors: active)')).to.equal(false);
    expect(matches('(prefers-reduced-motion: reduce)')).to.equal(true);
  });

  it('a page 280 pixels wide', async () => {
    await emulate({ width: 280, height: 700 });
    expect([innerWidth, innerHeight]).to.deep.equal([280, 700]);
  });

  it('offline: the browser says so and a request fails; online again it succeeds', async () => {
    await emulate({ offline: true });
    expect(navigator.onLine).to.equal(false);
    const failure: unknown = await fetch('/package.json').catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(TypeError);
    await emulate({});
    expect(navigator.onLine).to.equal(true);
    expect((await fetch('/package.json')).ok).to.equal(true);
  });

  it('keys that a person presses: Tab goes to the field, abc is typed', async () => {
    const field = document.createElement('input');
    document.body.append(field);
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'abc' });
    expect(field.value).to.equal('abc');
    field.remove();
  });

  it('JSON as a module', () => {
    expect(manifest.name).to.equal('opportune');
  });
});
