import { Graph, layout } from '@dagrejs/dagre';
import type { Machine, MachineState, MachineTransition } from '../src/domain/machine.js';
import { measureText, wrapText } from '../src/view/text-size.js';
import type { Cause, Teller } from './machine-words.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}
/** `x` and `y` of a box are its middle. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly states: readonly (Box & {
    readonly kind: 'state' | 'final' | 'start' | 'any';
    readonly lines: readonly string[];
    /** What enters it anew, below its name. */
    readonly notes: readonly string[];
  })[];
  /** States with states inside, outer ones first. */
  readonly frames: readonly (Box & { readonly label: string; readonly depth: number })[];
  readonly arrows: readonly {
    readonly points: readonly Point[];
    readonly cause: Cause | 'start';
    readonly label?: Box & { readonly lines: readonly string[]; readonly full: string };
  }[];
}

export const NAME_SIZE = 14;
export const NOTE_SIZE = 12;
export const LINE_HEIGHT = 16;
export const FRAME_TITLE = 26;
const NAME_WIDTH = 150;
const LABEL_WIDTH = 170;
const MARGIN = 24;

interface Edge {
  readonly v: string;
  readonly w: string;
}

interface Node {
  kind: Picture['states'][number]['kind'];
  lines: readonly string[];
  notes: readonly string[];
  width: number;
  height: number;
}

/** Where everything stands: from left to right as records go, lines around states, words on lines. */
export function layOut(machine: Machine, tell: Teller): Picture {
  const graph = new Graph({ directed: true, multigraph: true, compound: true });
  graph.setGraph({
    rankdir: 'LR',
    nodesep: 22,
    edgesep: 18,
    ranksep: 34,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const states = new Map<string, MachineState>();
  const frames: { readonly id: string; readonly label: string; readonly depth: number }[] = [];
  const note = (list: readonly MachineState[]): void => {
    for (const state of list) {
      states.set(state.id, state);
      note(state.states ?? []);
    }
  };
  note(machine.states);
  const leafOf = (id: string): string => {
    const state = states.get(id);
    return state?.states ? leafOf(state.initial ?? '') : id;
  };

  const addNode = (id: string, node: Omit<Node, 'width' | 'height'>, parent?: string): void => {
    const { lines, notes, kind } = node;
    const width = Math.max(
      ...lines.map((line) => measureText(line, NAME_SIZE, true)),
      ...notes.map((line) => measureText(line, NOTE_SIZE)),
      kind === 'state' || kind === 'final' ? 64 : 0,
    );
    const height = lines.length * (LINE_HEIGHT + 2) + notes.length * LINE_HEIGHT;
    graph.setNode(
      id,
      kind === 'start'
        ? { ...node, width: 14, height: 14 }
        : { ...node, width: width + 28, height: height + (notes.length > 0 ? 22 : 18) },
    );
    if (parent !== undefined) graph.setParent(id, parent);
  };

  /** Words by line, so that several reasons to go from one state to another share one line. */
  const between = new Map<string, { from: string; to: string; cause: Cause; texts: string[] }>();
  const addArrow = (from: string, to: string, transition: MachineTransition): void => {
    const { cause, text } = tell(transition);
    const key = JSON.stringify([from, to, cause]);
    const known = between.get(key) ?? { from, to, cause, texts: [] };
    known.texts.push(text);
    between.set(key, known);
  };

  const addTransitions = (source: MachineState | Machine, parent: string | undefined): void => {
    let any: string | undefined;
    for (const transition of source.transitions ?? []) {
      const to = leafOf(transition.target);
      const ends = (source.states ?? []).filter(({ final }) => final);
      if (!source.states) {
        if (to !== source.id) addArrow(source.id, to, transition);
      } else if (transition.on === `done.state.${source.id}`)
        for (const end of ends) addArrow(end.id, to, transition);
      else {
        any ??= `any ${source.id}`;
        addArrow(any, to, transition);
      }
    }
    if (any !== undefined)
      addNode(any, { kind: 'any', lines: ['from any of these'], notes: [] }, parent);
    // Unseen: keeps it beside the states that it stands for.
    const beside = 'initial' in source && source.initial !== undefined && leafOf(source.initial);
    if (any !== undefined && beside) graph.setEdge(beside, any, { weight: 1, minlen: 1 }, any);
  };

  const addStates = (
    list: readonly MachineState[],
    parent: string | undefined,
    depth: number,
  ): void => {
    for (const state of list) {
      const { id, label, states: inside, final, transitions = [] } = state;
      if (inside) {
        frames.push({ id: `in ${id}`, label, depth });
        graph.setNode(`in ${id}`, {});
        if (parent !== undefined) graph.setParent(`in ${id}`, parent);
        addStates(inside, `in ${id}`, depth + 1);
        addTransitions(state, `in ${id}`);
        continue;
      }
      const again = transitions.filter(({ target, reenter }) => target === id && reenter);
      const notes = again.flatMap((one) =>
        wrapText(`↻ ${tell(one).text}`, NOTE_SIZE, NAME_WIDTH, 2),
      );
      const lines = wrapText(label, NAME_SIZE, NAME_WIDTH, 3, true);
      addNode(id, { kind: final ? 'final' : 'state', lines, notes }, parent);
      addTransitions(state, parent);
    }
  };
  addNode('start', { kind: 'start', lines: [], notes: [] });
  addStates(machine.states, undefined, 0);
  addTransitions(machine, undefined);
  graph.setEdge('start', leafOf(machine.initial), { weight: 4, cause: 'start' }, 'start');
  for (const [key, { from, to, cause, texts }] of between) {
    const lines = texts.flatMap((text) => wrapText(text, NOTE_SIZE, LABEL_WIDTH, 4));
    graph.setEdge(
      from,
      to,
      {
        cause,
        lines,
        full: texts.join('\n'),
        width: Math.max(...lines.map((line) => measureText(line, NOTE_SIZE))) + 10,
        height: lines.length * LINE_HEIGHT + 6,
        labelpos: 'c',
        weight: from.startsWith('any ') ? 1 : 2,
      },
      key,
    );
  }
  layout(graph);

  const size = graph.graph() as { width: number; height: number };
  return {
    width: size.width,
    height: size.height,
    states: graph
      .nodes()
      .map((id: string): Node & Box => graph.node(id))
      .filter(({ kind }: Partial<Node>) => kind !== undefined),
    frames: frames.map(({ id, label, depth }) => ({ ...(graph.node(id) as Box), label, depth })),
    arrows: graph.edges().flatMap((edge: Edge): Picture['arrows'] => {
      const { points, cause, lines, full, x, y, width, height } = graph.edge(edge) as {
        points: Point[];
        cause?: Cause | 'start';
        lines?: readonly string[];
        full: string;
      } & Box;
      if (cause === undefined) return [];
      return [{ points, cause, ...(lines && { label: { lines, full, x, y, width, height } }) }];
    }),
  };
}
