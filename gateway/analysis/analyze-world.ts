import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Fact } from 'opportune';
import { TOLD_PLAYBOOK } from '../../test/told-deals.js';
import { toLine } from '../facts-file.js';
import { runCommand } from '../main.js';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder with a playbook and facts, in which `opportune analyze` is asked. */
export interface AnalyzeBench {
  ask(topic: string, ...args: readonly string[]): Promise<Ran>;
  write(name: string, facts: readonly Fact[]): string;
  path(name: string): string;
  read(name: string): string;
  end(): void;
}

export function openAnalyzeBench(): AnalyzeBench {
  const root = mkdtempSync(join(tmpdir(), 'opportune-analyze-test-'));
  const path = (name: string): string => join(root, name);
  mkdirSync(path('playbook'));
  for (const [name, text] of Object.entries(TOLD_PLAYBOOK))
    writeFileSync(path(`playbook/${name}`), text);
  return {
    path,
    read: (name) => readFileSync(path(name), 'utf8'),
    write(name, facts) {
      writeFileSync(path(name), facts.map(toLine).join(''));
      return path(name);
    },
    async ask(topic, ...args) {
      const [stdout, stderr] = [new PassThrough(), new PassThrough()];
      const texts = [stdout, stderr].map(async (stream) => {
        let text = '';
        for await (const piece of stream.setEncoding('utf8')) text += piece;
        return text;
      });
      const playbook = args.includes('--playbook') ? [] : ['--playbook', path('playbook')];
      const code = await runCommand(['analyze', topic, ...playbook, ...args], { stdout, stderr });
      stdout.end();
      stderr.end();
      const [out = '', err = ''] = await Promise.all(texts);
      return { code, out, err };
    },
    end: () => rmSync(root, { recursive: true }),
  };
}
