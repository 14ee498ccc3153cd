import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Tip } from '../src/domain/tip.js';
import { compilePlaybook } from '../src/plan/compile-playbook.js';
import { groupTips } from '../src/studio/group-tips.js';
import { readItems, writeItems } from '../src/studio/playbook-folder.js';
import { contentOfTip, itemOfTip, playOfTip } from '../src/studio/tip-items.js';
import { files } from './studio-crm.js';

const tipOf = (id: string, text: string, at = 0, attributes: Tip['attributes'] = {}): Tip => ({
  id,
  text,
  attributes,
  asker: '',
  signed: false,
  occurredAt: at,
  status: 'sent',
  steps: [{ status: 'sent', at }],
});

describe('tips that say much the same', () => {
  const tips = [
    tipOf('a', 'Ask the line manager about label jams first.', 1),
    tipOf('b', 'Call before eight, the plant is quiet then.', 2),
    tipOf('c', 'Ask about label jams, the line managers love it', 3),
    tipOf('d', 'Bring a sample of ribbons.', 4),
  ];
  const idsOf = (given: readonly Tip[]) =>
    groupTips(given).map((group) => group.map(({ id }) => id));

  it('stand together, the newest first', () => {
    assert.deepEqual(idsOf(tips), [['d'], ['c', 'a'], ['b']]);
  });

  it('do so in whatever order they come', () => {
    assert.deepEqual(idsOf([...tips].reverse()), idsOf(tips));
  });

  it('are not those that share only words that all have', () => {
    assert.deepEqual(
      idsOf([tipOf('a', 'It is for them to do it', 1), tipOf('b', 'They are to have it', 2)]),
      [['b'], ['a']],
    );
  });
});

describe('a tip in the playbook', () => {
  const hostile = 'Ask {account.name} about *jams*. <img src=x onerror=alert(1)>\n# Not a heading';
  const tip = tipOf('tip 7/x', hostile, 1, {
    'account.industry': 'Food',
    'opportunity.stage': 'Proposal',
    'contact.role': ['champion'],
  });

  it('is content that says it word for word, for its situation, without its author', () => {
    const item = contentOfTip(tip, 'ines@halden.example');
    const written = writeItems(files, new Map([...readItems(files), [item.id, item]]));
    const { playbook, problems } = compilePlaybook(written, { today: '2026-11-21' });
    const content =
      playbook?.contents.find(({ id }) => id === 'tip-tip-7-x') ??
      assert.fail(JSON.stringify(problems[0]));
    assert.deepEqual(content.attributes, {
      'account.industry': ['Food'],
      'opportunity.stage': ['Proposal'],
      'contact.role': ['champion'],
    });
    const textOf = (nodes: readonly object[]): string =>
      nodes
        .map((node) =>
          'text' in node
            ? String(node.text)
            : 'children' in node
              ? textOf(node.children as object[])
              : '',
        )
        .join('');
    assert.equal(textOf(content.body), hostile.replace('{account.name}', '(account.name)'));
    assert.equal(itemOfTip(tip, new Map([[item.id, item]])), item);
  });

  it('is a play that asks for its situation as far as a play can', () => {
    const { data } = playOfTip(tip, 'ines@halden.example');
    assert.equal(data.about, 'opportunity');
    assert.deepEqual(data.trigger, { becomes: { 'account.industry': 'Food', stage: 'Proposal' } });
    assert.doesNotMatch(`${data.title}${data.why}`, /[{}]/);
  });
});
