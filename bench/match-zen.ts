import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Peer } from './match-peers.js';
import type { MatchWorkload } from './match-workload.js';
import type { Expr } from './workload.mjs';

interface Zen {
  readonly ZenEngine: new () => {
    createDecision(content: object): {
      evaluate(context: object): Promise<{ readonly result: readonly { readonly id: string }[] }>;
    };
  };
  readonly ZenDecisionContent: new (content: object) => object;
}

/** In a folder of its own, installed at the first use; undefined where it has no native code for the machine. */
function loadZen(): Zen | undefined {
  const folder = fileURLToPath(new URL('./peers/', import.meta.url));
  if (!existsSync(`${folder}node_modules`)) {
    console.log('installing @gorules/zen-engine in bench/peers');
    const args = ['install', '--no-package-lock', '--no-audit', '--no-fund'];
    execFileSync('npm', args, { cwd: folder, stdio: 'inherit' });
  }
  try {
    return createRequire(`${folder}package.json`)('@gorules/zen-engine') as Zen;
  } catch (error) {
    console.log(`@gorules/zen-engine is left out: ${(error as Error).message.split('\n')[0]}`);
    return undefined;
  }
}

/** A decision table of one column of expressions, every hit collected. */
export function zenEngine({ source }: MatchWorkload): Peer | undefined {
  const zen = loadZen();
  if (!zen) return undefined;
  const content = {
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
      {
        id: 'table',
        type: 'decisionTableNode',
        name: 'table',
        position: { x: 0, y: 0 },
        content: {
          hitPolicy: 'collect',
          inputs: [{ id: 'when', name: 'when' }],
          outputs: [{ id: 'then', name: 'id', field: 'id' }],
          rules: source.plays.map(({ id, expr }) => ({
            _id: String(id),
            when: toExpression(expr),
            // biome-ignore lint/suspicious/noThenProperty: the column is named so.
            then: `"play-${id}"`,
          })),
        },
      },
      { id: 'out', type: 'outputNode', name: 'out', position: { x: 0, y: 0 } },
    ],
    edges: [
      { id: '1', type: 'edge', sourceId: 'in', targetId: 'table' },
      { id: '2', type: 'edge', sourceId: 'table', targetId: 'out' },
    ],
  };
  const decision = new zen.ZenEngine().createDecision(new zen.ZenDecisionContent(content));
  return async (account) => {
    const { result } = await decision.evaluate(account);
    return Array.isArray(result) ? result.map(({ id }) => id) : [];
  };
}

function toExpression(expr: Expr): string {
  switch (expr.op) {
    case 'and':
    case 'or':
      return `(${expr.args.map(toExpression).join(` ${expr.op} `)})`;
    case 'not':
      return `not(${toExpression(expr.arg)})`;
    case 'eq':
      return `${expr.attr} == ${JSON.stringify(expr.value)}`;
    case 'in':
      return `${expr.attr} in ${JSON.stringify(expr.values)}`;
    case 'between':
      return `(${expr.attr} >= ${expr.lo} and ${expr.attr} <= ${expr.hi})`;
    default: {
      const operator = { gt: '>', ge: '>=', lt: '<', le: '<=' }[expr.op];
      return `${expr.attr} ${operator} ${expr.value}`;
    }
  }
}
