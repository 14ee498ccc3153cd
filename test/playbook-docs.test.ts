import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { compilePlaybook, formatProblem } from 'opportune/plan';

const text = readFileSync(new URL('../docs/playbook.md', import.meta.url), 'utf8');
/** Blocks whose fence names a file. */
const files = [...text.matchAll(/^```(?:yaml|md) (\S+\.\S+)\n([\s\S]*?)^```$/gm)].map(
  ([, path = '', body = '']) => ({ path, text: body }),
);

const blocks = [...text.matchAll(/^```yaml trigger\n([\s\S]*?)^```$/gm)].map(
  ([, body = '']) => body,
);

describe('docs/playbook.md', () => {
  it('is one working playbook without a finding', () => {
    const { playbook, problems } = compilePlaybook(files, { today: '2026-11-21' });
    assert.deepEqual(problems.map(formatProblem), []);
    assert.equal(playbook?.plays.length, 2);
    assert.equal(playbook?.contents.length, 2);
  });

  it('shows triggers that stand in a play as they are', () => {
    assert.equal(blocks.length, 8);
    for (const trigger of blocks) {
      const play = files.find(({ path }) => path === 'plays/new-product.yaml')?.text ?? '';
      const replaced = play
        .replace(
          /trigger:\n( {2}.*\n)+/,
          () => `trigger:\n${trigger.replaceAll(/^/gm, '  ').trimEnd()}\n`,
        )
        .replace('{event.product|product}', 'product');
      assert.notEqual(replaced, play);
      const others = files.filter(({ path }) => path !== 'plays/new-product.yaml');
      const { playbook, problems } = compilePlaybook(
        [...others, { path: 'plays/new-product.yaml', text: replaced }],
        { today: '2026-11-21' },
      );
      const unread = /nobody reads attribute/;
      assert.deepEqual(
        problems.map(formatProblem).filter((problem) => !unread.test(problem)),
        [],
      );
      const [first] = Object.keys(playbook?.plays[0]?.trigger ?? {});
      assert.equal(first, trigger.split(':')[0]);
    }
  });

  it('shows a finding as check prints it', () => {
    const misspelt = files.map(({ path, text: body }) => ({
      path,
      text: path.startsWith('plays/silent')
        ? body.replace('daysSinceBuyerReply: { gte', 'daysSinceByerReply: { gte')
        : body,
    }));
    const [problem] = compilePlaybook(misspelt, { today: '2026-11-21' }).problems;
    assert.ok(problem);
    assert.ok(text.includes(`\n    ${formatProblem(problem)}\n`), formatProblem(problem));
  });

  it('names every key of derive and every kind of action', () => {
    const schema = (name: string): string =>
      readFileSync(new URL(`../schema/${name}.json`, import.meta.url), 'utf8');
    const keys = [
      ...Object.keys(
        JSON.parse(schema('attributes')).properties.attributes.items.properties.derive.properties,
      ),
      ...JSON.parse(schema('play')).properties.action.properties.kind.enum,
      ...Object.keys(JSON.parse(schema('play')).properties),
    ];
    const missing = keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(text));
    assert.deepEqual(missing, []);
  });
});
