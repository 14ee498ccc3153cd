import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isOpportuneError } from 'opportune';
import { openDatabase } from './open-database.js';
import { openPostgresStore } from './postgres-store.js';
import { createTestFolder } from './test-database.js';

const disk = createTestFolder();
const mounted =
  platform() === 'linux' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=140m,mode=755', 'opportune-test', disk]).status ===
    0;
after(() => {
  if (mounted) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

it(
  'a full disk is told, loses nothing that was acknowledged, and once there is room the store works again by itself',
  mounted ? {} : { skip: 'a small disk can be mounted by root alone' },
  async () => {
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, randomBytes(20_000_000));
    const database = await openDatabase({ folder: join(disk, 'store') });
    try {
      const store = await openPostgresStore(database, 'acme');
      const kept: string[] = [];
      const codes = new Set<string>();
      for (let i = 0; codes.size === 0 || i % 20 > 0; i++) {
        assert.ok(i < 2000, 'the disk is full at some time');
        try {
          await store.put(`v${i}`, randomBytes(150_000).toString('base64'));
          kept.push(`v${i}`);
        } catch (error) {
          assert.ok(isOpportuneError(error), String(error));
          codes.add(error.code);
        }
      }
      for (const code of codes)
        assert.match(code, /^opportune\/(store-full|database-unavailable)$/);
      rmSync(ballast);
      for (const end = Date.now() + 60_000; ; await pause(50)) {
        const done = await store.put('again', true).then(
          () => true,
          () => false,
        );
        if (done) break;
        assert.ok(Date.now() < end, 'it works again within a minute');
      }
      const names = new Set(await store.names('v'));
      assert.deepEqual(
        kept.filter((name) => !names.has(name)),
        [],
      );
    } finally {
      await database.close();
    }
  },
);
