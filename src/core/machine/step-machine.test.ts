import { expect } from '@open-wc/testing';
import type { Situated } from '../../domain/condition.js';
import type { Machine } from '../../domain/machine.js';
import { carryHeld } from './carry-held.js';
import { createMachineTable } from './machine-table.js';
import { elapseMachine, findMachineWake, startMachine, stepMachine } from './step-machine.js';

const DAY = 86_400_000;

const RENEWAL: Machine = {
  id: 'renewal',
  label: 'Renewal',
  of: 'account',
  initial: 'quiet',
  states: [
    { id: 'quiet', label: 'Quiet', transitions: [{ on: 'quote-begun', target: 'talking' }] },
    {
      id: 'talking',
      label: 'Talking',
      initial: 'fresh',
      states: [
        { id: 'fresh', label: 'Fresh', transitions: [{ afterMs: 3 * DAY, target: 'slow' }] },
        { id: 'slow', label: 'Slow', exit: ['woken'] },
      ],
      transitions: [
        { on: 'call-made', target: 'talking', reenter: true },
        { afterMs: 10 * DAY, target: 'lost' },
      ],
    },
    { id: 'lost', label: 'Lost', final: true },
    { id: 'won', label: 'Won', transitions: [{ on: 'woken', target: 'quiet' }] },
  ],
  transitions: [{ when: { attribute: 'account.signed', in: [true] }, target: 'won' }],
  file: '',
};
const table = createMachineTable(RENEWAL);
const having = (signed?: boolean): Situated => ({
  get: (attribute) => (attribute === 'account.signed' ? signed : undefined),
  children: () => [],
});

describe('a machine of one record', () => {
  it('says what led on: an event, a delay at its own moment, a condition', () => {
    const { held: quiet } = startMachine(table, having(), 0);
    const talking = stepMachine(table, quiet, having(), DAY, 'quote-begun');
    expect(talking.moves).to.deep.equal([
      { from: 'quiet', to: 'fresh', at: DAY, source: 'quiet', because: { event: 'quote-begun' } },
    ]);
    expect(talking.held).to.deep.equal({ state: 'fresh', since: [0, DAY, DAY] });
    expect(findMachineWake(table, talking.held, DAY)).to.equal(4 * DAY);
    const slow = elapseMachine(table, talking.held, () => having(), DAY, 5 * DAY);
    expect(slow.moves).to.deep.equal([
      { from: 'fresh', to: 'slow', at: 4 * DAY, source: 'fresh', because: { delayMs: 3 * DAY } },
    ]);
    const won = stepMachine(table, slow.held, having(true), 5 * DAY);
    expect(won.moves.map(({ from, to }) => `${from} > ${to}`)).to.deep.equal([
      'slow > won',
      'won > quiet',
      'quiet > won',
    ]);
    expect(won.moves[0]?.because).to.deep.equal({
      condition: { attribute: 'account.signed', in: [true] },
    });
    expect(won.moves[1]?.because).to.deep.equal({ event: 'woken' });
  });

  it('runs the delays of a long absence in order, each from when its state was entered', () => {
    const held = { state: 'fresh', since: [0, DAY, DAY] };
    const { moves, held: after } = elapseMachine(table, held, () => having(), DAY, 100 * DAY);
    expect(moves.map(({ to, at }) => [to, at / DAY])).to.deep.equal([
      ['slow', 4],
      ['lost', 11],
    ]);
    expect(findMachineWake(table, after, 100 * DAY)).to.equal(undefined);
  });

  it('begins the delays of a state anew when it is entered anew, and only then', () => {
    const held = { state: 'slow', since: [0, DAY, 4 * DAY] };
    const called = stepMachine(table, held, having(), 5 * DAY, 'call-made').held;
    expect(called).to.deep.equal({ state: 'fresh', since: [0, 5 * DAY, 5 * DAY] });
    expect(findMachineWake(table, called, 5 * DAY)).to.equal(8 * DAY);
  });

  it('is the very same when nothing led on', () => {
    const held = { state: 'slow', since: [0, DAY, 4 * DAY] };
    expect(stepMachine(table, held, having(), 5 * DAY, 'never-heard-of').held).to.equal(held);
    expect(stepMachine(table, held, having(false), 5 * DAY).held).to.equal(held);
  });

  it('goes 100 steps and stops where conditions lead round and round', () => {
    const round = createMachineTable({
      ...RENEWAL,
      initial: 'a',
      states: [
        { id: 'a', label: 'a', transitions: [{ when: { all: [] }, target: 'b' }] },
        { id: 'b', label: 'b', transitions: [{ when: { all: [] }, target: 'a' }] },
      ],
    });
    const { stopped, moves, held } = startMachine(round, having(), 7);
    expect(stopped).to.equal(true);
    expect(moves.length).to.equal(100);
    expect(held).to.deep.equal({ state: 'a', since: [0 + 7, 7] });
  });
});

describe('what is held when a machine changes', () => {
  const carry = (states: Machine['states'], held: { state: string; since: number[] }) =>
    carryHeld(
      held,
      table,
      createMachineTable({ ...RENEWAL, initial: states[0]?.id ?? '', states }),
    );

  it('goes on in the state of the same id, as deep as it is now', () => {
    const inside = { id: 'slow', label: 'Slow' };
    const around = { id: 'open', label: 'Open', initial: 'slow', states: [inside] };
    expect(carry([around], { state: 'slow', since: [0, 1, 4] })).to.deep.equal({
      state: 'slow',
      since: [0, 4, 4],
    });
    expect(carry([inside], { state: 'slow', since: [0, 1, 4] })).to.deep.equal({
      state: 'slow',
      since: [0, 4],
    });
  });

  it('follows was, for the state and for those around it', () => {
    const states = [
      {
        id: 'negotiating',
        was: 'talking',
        label: 'N',
        initial: 'new',
        states: [
          { id: 'new', was: 'fresh', label: 'New' },
          { id: 'stuck', was: 'slow', label: 'Stuck' },
        ],
      },
    ];
    expect(carry(states, { state: 'slow', since: [0, 1, 4] })).to.deep.equal({
      state: 'stuck',
      since: [0, 1, 4],
    });
  });

  it('begins inside a state that has states inside by now, and is nothing when the state is gone', () => {
    const lost = { id: 'lost', label: 'L', initial: 'x', states: [{ id: 'x', label: 'x' }] };
    expect(carry([lost], { state: 'lost', since: [0, 4] })).to.deep.equal({
      state: 'x',
      since: [0, 4, 4],
    });
    expect(carry([lost], { state: 'quiet', since: [0, 4] })).to.equal(undefined);
  });
});
