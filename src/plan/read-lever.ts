import type { Play } from '../domain/playbook.js';
import type { Context } from './context.js';
import { contextScope, type InView } from './play-scope.js';
import { readCondition } from './read-condition.js';
import type { Shape } from './shape.js';
import { fieldOf, mapsOf, numberOf, scalarOf } from './tree-access.js';
import type { MapTree } from './yaml-tree.js';

const POINTS_PATTERN = '^[+-]?\\d{1,6}(\\.\\d{1,6})? points$';
const POINTS: Shape = { is: 'number', min: -99, max: 100_000 };

export const LEVER_SHAPE: Shape = {
  is: 'either',
  of: [{ is: 'number' }, { is: 'text', pattern: POINTS_PATTERN, like: '"55 points"' }],
  about: 'The manual weight, with arbitration product. "55 points" is 1.55. 1 when left out.',
};

export const CONTEXT_SHAPE: Shape = {
  is: 'list',
  min: 1,
  about: 'What fits the situation, with arbitration product: points of what holds add up.',
  of: {
    is: 'fields',
    required: ['when', 'points'],
    fields: {
      when: { is: 'condition' },
      points: { ...POINTS, about: 'Together they weigh 1 + their sum / 100.' },
    },
  },
};

/** Lever and context of a play, as factors and points. */
export function readWeights(
  map: MapTree,
  seen: InView,
  context: Context,
): Pick<Play, 'lever' | 'context'> {
  const lever = readLever(map, context);
  const tree = fieldOf(map, 'context');
  const parts = mapsOf(tree).flatMap((one) => {
    const when = readCondition(fieldOf(one, 'when'), contextScope(seen), context);
    return when ? [{ when, points: numberOf(one, 'points') ?? 0 }] : [];
  });
  const lowest = parts.reduce((sum, { points }) => sum + Math.min(0, points), 0);
  if (tree && lowest <= -100)
    context.report.error(
      'out-of-range',
      tree.at,
      `points below zero come to ${lowest} together, and -100 leave nothing of a priority`,
      'keep their sum above -100, or write a filter for what must not show',
    );
  return { ...(lever !== undefined && { lever }), ...(parts.length > 0 && { context: parts }) };
}

function readLever(map: MapTree, { report }: Context): number | undefined {
  const written = scalarOf(map, 'lever');
  if (!written) return undefined;
  const { value, at } = written;
  const factor = typeof value === 'number' ? value : 1 + Number.parseFloat(String(value)) / 100;
  if (factor > 0 && Number.isFinite(factor)) return factor;
  report.error(
    'out-of-range',
    at,
    `a lever of ${written.source} leaves nothing of a priority`,
    'write a number above 0: 1 changes nothing, 2 counts twice; or points above -100',
  );
  return undefined;
}
