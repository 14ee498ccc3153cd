/** @jsxRuntime automatic */

// Before anything of HubSpot's.
import './worker-globals.js';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Accordion, Alert, Button, Heading, Select, TextArea } from '@hubspot/ui-extensions';
import { type DemoCard, openDemoCard } from './demo-card.js';
import { controlsOf, leaveAll, named, place, press, settle, textOf, wait } from './place-card.js';
import { worker } from './worker-globals.js';

const saidIn = ({ mocks }: ReturnType<typeof place>): readonly string[] =>
  mocks.actions.addAlert.calls.map(([{ message }]) => message);

describe('the card of HubSpot by keyboard and screen reader', () => {
  let demo: DemoCard;
  before(async () => {
    demo = await openDemoCard();
  });
  after(leaveAll);
  after(() => demo.guidance.close());

  /** A card on an account of the demo, before its rep. */
  async function open(account: string): Promise<ReturnType<typeof place>> {
    await demo.guidance.bring(`demo:account:${account}`);
    demo.signAs('demo:rep:maya');
    const renderer = place({ connection: 'demo', user: 'maya', objectId: account });
    await settle(renderer);
    return renderer;
  }
  function isNamed(renderer: ReturnType<typeof place>): void {
    for (const control of controlsOf(renderer)) assert.match(control, /^\w+ \S/);
  }

  it('offers every answer of the panel by a control with a name, after the heading that it is about', async () => {
    const renderer = await open('kestrel-foods');
    isNamed(renderer);
    const [title] = renderer.findAll(Heading).map(({ text }) => text);
    const text = textOf(renderer);
    const controls = controlsOf(renderer);
    assert.ok(title && text.indexOf(title) < text.indexOf('primary '));
    assert.deepEqual(controls.slice(0, 3), [
      'Button Call Dana',
      'Button Snooze…',
      'Button Not relevant…',
    ]);
    for (const control of ['Link ', 'Accordion Use this', 'Accordion Evidence', 'Button Yes'])
      assert.ok(
        controls.some((one) => one.startsWith(control)),
        `${control}\n${controls}`,
      );
    press(renderer, 'snooze');
    assert.equal(renderer.findAll(Select).length, 1);
    isNamed(renderer);
    press(renderer, 'reasons');
    renderer
      .find(Button, ({ props }) => /^reason other/.test(String(props.testId)))
      .trigger('onClick');
    assert.equal(renderer.findAll(TextArea).length, 1);
    isNamed(renderer);
    press(renderer, 'why-not');
    await wait(renderer, () => assert.ok(renderer.maybeFind(Button, named('back'))));
    isNamed(renderer);
    assert.ok(renderer.findAll(Accordion).length > 0);
  });

  it('says what became of each answer, and nothing that nobody asked for', async () => {
    const renderer = await open('kestrel-foods');
    assert.deepEqual(saidIn(renderer), []);
    press(renderer, 'primary');
    await wait(renderer, () => assert.match(saidIn(renderer).join(), /Undo is available/));
    assert.equal(saidIn(renderer).length, 1);
    press(renderer, 'undo');
    await wait(renderer, () => assert.match(String(saidIn(renderer)[1]), /^Taken back: /));
  });

  it('tells by words, and not by colour alone, what was chosen', async () => {
    const renderer = await open('copper-canyon');
    const choose = (text: string): void =>
      renderer.find(Button, (one) => one.text === text).trigger('onClick');
    choose('Call Hector');
    await wait(renderer, () => assert.ok(renderer.maybeFind(Button, named('undo'))));
    choose('Left a message');
    await wait(renderer, () => assert.ok(controlsOf(renderer).includes('Button ✓ Left a message')));
    choose('Yes');
    await wait(renderer, () => assert.ok(controlsOf(renderer).includes('Button ✓ Yes')));
  });

  it('says on the receipt what became of the answer in the CRM', async () => {
    const renderer = await open('copper-canyon');
    const { hsFetch } = worker;
    // As a gateway that writes answers to HubSpot tells it.
    worker.hsFetch = async (url, options) => {
      const answer = (await hsFetch(url, options)) as Response;
      const { answers = [] } = (options as { body?: { answers?: readonly string[] } }).body ?? {};
      if (!url.endsWith('/v1/decide')) return answer;
      const told = answers.map((id) => [id, { status: 'written', crm: 'HubSpot' }]);
      const body = { ...(await answer.json()), written: Object.fromEntries(told) };
      return { status: 200, text: async () => JSON.stringify(body) };
    };
    press(renderer, 'primary');
    await wait(renderer, () => assert.ok(renderer.maybeFind(Button, named('undo'))));
    // HubSpot tells nothing of itself: the other answer has the card look anew.
    press(renderer, 'undo');
    await wait(renderer, () => assert.ok(renderer.maybeFind(Button, named('primary'))));
    press(renderer, 'primary');
    await wait(renderer, () => assert.match(textOf(renderer), /Written to HubSpot\./));
    worker.hsFetch = hsFetch;
  });

  it('keeps a way to try again where the gateway is away, and says since when', async () => {
    demo.signAs('demo:rep:maya');
    const { hsFetch } = worker;
    worker.hsFetch = async () => {
      throw new Error('The request timed out');
    };
    const renderer = place({ connection: 'demo', user: 'maya', objectId: 'copper-canyon' });
    await wait(renderer, () =>
      assert.match(
        renderer
          .findAll(Alert)
          .map(({ props }) => props.title)
          .join(),
        /No guidance since \d\d:\d\d/,
      ),
    );
    assert.match(textOf(renderer), /Your CRM works as usual/);
    assert.ok(controlsOf(renderer).includes('Button Try now'));
    worker.hsFetch = hsFetch;
    press(renderer, 'retry');
    await settle(renderer);
  });
});
