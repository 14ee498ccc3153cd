import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { createMachine } from 'xstate';
import { machines } from '../test/machine-cases.js';
import { type CommandBench, openCommandBench } from './command-bench.js';
import { type Box, layOut } from './machine-layout.js';
import { drawMachine } from './machine-svg.js';

const FOLDER = fileURLToPath(new URL('../examples/crm/playbook/machines/', import.meta.url));
const RENEWAL = `${FOLDER}renewal.yaml`;

let bench: CommandBench;
before(async () => {
  bench = await openCommandBench();
});
after(() => bench.end());

describe('opportune machine', () => {
  it('lists what leads on from each state, in plain words', async () => {
    const { code, out } = await bench.ask('machine', RENEWAL);
    assert.equal(code, 0);
    assert.match(out, /^Renewal of the service plan: every account begins in none\n/);
    assert.match(out, /^running +Days until the plan ends: 0 to 90 days +due$/m);
    assert.match(out, /^ {2}talking +meeting held +talking$/m);
    assert.match(out, /^ +after 21 days +overlooked$/m);
  });

  it('prints a configuration that XState takes as it is', async () => {
    const { code, out } = await bench.ask('machine', RENEWAL, '--xstate');
    assert.equal(code, 0);
    const machine = createMachine(JSON.parse(out));
    assert.equal(machine.root.initial.target[0]?.key, 'none');
    assert.ok(machine.getStateNodeById('renewal.due.talking').on['meeting-held']);
  });

  it('draws every state and every word, and gives the same as JSON', async () => {
    const { code, out } = await bench.ask('machine', RENEWAL, '--svg');
    assert.equal(code, 0);
    for (const word of ['No plan', 'Due for renewal', 'Left lying', 'after 30 days'])
      assert.ok(out.includes(`>${word}<`), word);
    const { out: json } = await bench.ask('machine', RENEWAL, '--svg', '--json');
    const { machine, svg } = JSON.parse(json);
    assert.equal(svg, out);
    assert.equal(machine.states.length, 4);
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['machine'], /^opportune: machine needs FILE/],
    [
      ['machine', 'nowhere.yaml'],
      /nowhere\.yaml: there is no such file\. Name a file in the folder/,
    ],
    [['machine', `${FOLDER}../playbook.yaml`], /it is no machine of the playbook around it/],
    [['machine', '/etc/hostname'], /it is in no playbook\. Put it into machines\//],
    [['machine', RENEWAL, '--svg', '--xstate'], /two different things\. Choose one/],
  ];
  for (const [args, message] of wrong)
    it(`answers 2 and one line to: ${args.map((arg) => arg.split('/').at(-1)).join(' ')}`, async () => {
      const { code, err } = await bench.ask(...args);
      assert.equal(code, 2);
      assert.match(err, message);
    });
});

describe('the picture of a machine', () => {
  const tell = () => ({ cause: 'event', text: 'something that takes a few words to say' }) as const;

  it('lets no state and no words stand on another, whatever the machine', () => {
    fc.assert(
      fc.property(machines, (machine) => {
        const { states, arrows } = layOut(machine, tell);
        const boxes: readonly Box[] = [...states, ...arrows.flatMap(({ label }) => label ?? [])];
        for (const [i, a] of boxes.entries())
          for (const b of boxes.slice(i + 1))
            assert.ok(
              Math.abs(a.x - b.x) >= (a.width + b.width) / 2 - 1 ||
                Math.abs(a.y - b.y) >= (a.height + b.height) / 2 - 1,
              JSON.stringify([a, b]),
            );
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it('shows strange labels as text, also a long one and one that turns the direction', () => {
    const label = `<script>alert("1")</script> & \u202eabc ${'x'.repeat(400)}`;
    const machine = {
      id: 'm',
      label,
      of: 'account',
      initial: 'a',
      states: [
        { id: 'a', label, transitions: [{ on: 'b', target: 'b' }] },
        { id: 'b', label: '' },
      ],
      file: '',
    } as const;
    const svg = drawMachine(machine, layOut(machine, tell));
    assert.doesNotMatch(svg, /<script|\u202e|NaN|undefined|Infinity/);
    assert.match(svg, /&#60;script&#62;/);
  });
});
