import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Fact, Playbook, SubjectKey } from 'opportune';
import { createDemoWorld } from '../examples/crm/data/world.js';
import { advance, KEPT_MS } from '../src/advance.js';
import { createSubject } from '../src/create-subject.js';
import { noteFact } from '../src/domain/fact.js';
import { kindOf } from '../src/domain/value.js';
import { compareOpenings, replayAccount, replayBoth } from '../src/replay.js';
import { prepareReplay, type Replayed } from '../src/replay-journey.js';
import { loadPlaybook } from './playbook-folder.js';

const { facts, now } = createDemoWorld(5);
const from = now - 200 * 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'opportune-replay-both-'));
const source = fileURLToPath(new URL('../examples/crm/playbook', import.meta.url));

/** The demo's playbook, with a word of one of its files put otherwise. */
function loadVariant(name: string, path: string, word: string, by: string): Playbook {
  const copy = join(folder, name);
  cpSync(source, copy, { recursive: true });
  const text = readFileSync(join(copy, path), 'utf8');
  assert.ok(text.includes(word), `${path} has no "${word}"`);
  writeFileSync(join(copy, path), text.replace(word, by));
  return loadPlaybook(copy, now);
}

const playbook = loadPlaybook(source, now);
const variants: { readonly [differs: string]: Playbook } = {
  'when a play opens': loadVariant('play', 'plays/silent-buyer.yaml', 'gte: 14', 'gte: 10'),
  'what a derived attribute counts': loadVariant(
    'attributes',
    'attributes.yaml',
    'field: contact, days: 60',
    'field: contact, days: 20',
  ),
  'when a machine moves on': loadVariant(
    'machines',
    'machines/lifecycle.yaml',
    'after: 180 days',
    'after: 60 days',
  ),
};
const accounts = new Map<SubjectKey, Fact[]>();
for (const fact of facts)
  for (const key of fact.subjects) {
    if (kindOf(key) !== 'account') continue;
    const own = accounts.get(key);
    if (own) own.push(fact);
    else if (accounts.size < 25) accounts.set(key, [fact]);
  }

const inOrder = (openings: readonly Replayed[]) => [...openings].sort(compareOpenings);

describe('a replay', () => {
  after(() => rmSync(folder, { recursive: true }));

  it('opens and closes what the agent does, which folds and judges a fact at a time', () => {
    const rehearsal = prepareReplay(playbook);
    const { model } = rehearsal;
    const { version } = playbook;
    let compared = 0;
    for (const [account, own] of accounts) {
      const published = noteFact(
        { id: 'published', type: 'published', subjects: [account], data: { version } },
        from,
      );
      const all = [
        ...own.filter(({ occurredAt }) => occurredAt < from),
        published,
        ...own.filter(({ occurredAt }) => occurredAt >= from),
      ];
      const end = own.at(-1)?.occurredAt ?? from;
      let subject = createSubject(account);
      all.forEach((fact, i) => {
        const earlier = all.slice(0, i);
        subject = advance(subject, { facts: [fact], now: fact.occurredAt, model, earlier });
      });
      const live = Object.values(subject.openings).map(({ key, end, ended }) => [key, end, ended]);
      const replayed = replayAccount(account, own, rehearsal, { from })
        .filter((one) => one.end === undefined || one.end > end - KEPT_MS)
        .map(({ play, record, begin, end, ended }) => [`${play}|${record}|${begin}`, end, ended]);
      assert.deepEqual(replayed.sort(), live.sort(), account);
      compared += live.length;
    }
    assert.ok(compared > 200, `${compared} openings`);
  });

  for (const [differs, variant] of Object.entries(variants))
    it(`of two playbooks side by side is that of each alone, where they differ in ${differs}`, () => {
      const rehearsals = { before: prepareReplay(playbook), after: prepareReplay(variant) };
      let different = 0;
      for (const [account, own] of accounts) {
        const told = new Set<string>();
        const both = replayBoth(account, own, rehearsals, { from }, (opened) => {
          for (const { key } of opened) told.add(key);
        });
        const alone = {
          before: replayAccount(account, own, rehearsals.before, { from }),
          after: replayAccount(account, own, rehearsals.after, { from }),
        };
        assert.deepEqual(inOrder(both.before), inOrder(alone.before), account);
        assert.deepEqual(inOrder(both.after), inOrder(alone.after), account);
        const keysOf = (openings: readonly Replayed[]): ReadonlySet<string> =>
          new Set(openings.map(({ play, record, begin }) => `${play}|${record}|${begin}`));
        const [old, next] = [keysOf(alone.before), keysOf(alone.after)];
        const only = [...old, ...next].filter((key) => !old.has(key) || !next.has(key));
        assert.deepEqual([...told].sort(), only.sort(), account);
        different += only.length;
      }
      assert.ok(different > 0, 'they open something different');
    });
});
