import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAgent } from '../src/agent.js';
import { compilePlaybook } from '../src/plan/compile-playbook.js';
import { createMemoryStore } from '../src/stores/memory.js';
import type { StudioEngine } from '../src/studio/engine.js';
import type { PlaybookFiles, StudioSource } from '../src/studio/studio-source.js';
import { contentOfTip } from '../src/studio/tip-items.js';
import { changeItem, filesOf, openWorkbench } from '../src/studio/workbench.js';
import { tellingAuthors } from '../widget/studio-tellings.js';
import { files } from './studio-crm.js';

const [ANA, BEN, MARKETER] = ['crm:rep:ana', 'crm:rep:ben', 'crm:rep:ines'];
const NOW = Date.UTC(2026, 10, 21, 9);

describe('a tip that a rep sent without a name', () => {
  it('reaches the queue, is edited, tagged and published, and its author alone is told', async () => {
    const agent = await createAgent({ store: createMemoryStore(), clock: { now: () => NOW } });
    const compiled = (all: PlaybookFiles) =>
      compilePlaybook(all, { today: '2026-11-21' }).playbook ?? assert.fail();
    await agent.publish(compiled(files));
    await agent.sendTip({
      id: 'tip-1',
      asker: ANA,
      account: 'crm:account:7',
      record: 'crm:account:7',
      play: 'silent-buyer',
      text: 'Ask the night shift, they know why it jams.',
      attributes: { 'account.industry': 'Food' },
      signed: false,
      occurredAt: NOW,
    });
    const source: StudioSource = tellingAuthors({
      engine: {} as StudioEngine,
      open: async () => ({ files, author: 'ines@halden.example', now: NOW }),
      keep: async () => undefined,
      publish: async (all) => void (await agent.publish(compiled(all))),
      tips: {
        waiting: () => agent.candidates(),
        settle: (id, change) => agent.settleTip(id, { ...change, by: MARKETER }),
      },
    });

    const [waiting] = (await source.tips?.waiting()) ?? [];
    assert.ok(waiting);
    assert.ok(!JSON.stringify(waiting).includes(ANA), 'nobody learns whose it is');
    assert.deepEqual(waiting.attributes, { 'account.industry': 'Food' });

    await source.tips?.settle('tip-1', {
      status: 'edited',
      text: 'Ask the night shift why it jams.',
    });
    const [edited] = (await source.tips?.waiting()) ?? [];
    const item = contentOfTip(edited ?? assert.fail(), 'ines@halden.example');
    const bench = changeItem(openWorkbench(files), item.id, item, 'Content from a tip');
    await source.publish?.(filesOf(bench));

    const live = (await agent.playbook())?.contents.find(({ file }) => file === item.file);
    assert.deepEqual(live?.attributes, { 'account.industry': ['Food'] });
    assert.equal(live?.title, 'Ask the night shift why it jams');
    assert.deepEqual(await source.tips?.waiting(), []);
    const [own] = await agent.tips(ANA);
    assert.deepEqual(
      own?.steps.map(({ status }) => status),
      ['sent', 'edited', 'published'],
    );
    assert.deepEqual(await agent.tips(BEN), []);
    await agent.close();
  });
});
