import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const SIZED_MAP = `
connection: crm
zone: Europe/Berlin
currency: EUR
objects:
  Account:
    facts:
      - record: account
        set: { name: Name, owner: { rep: OwnerId } }
  Opportunity:
    facts:
      - record: opportunity
        of: AccountId
        set: { name: Name, stage: StageName, amount: Amount, closeDate: CloseDate }
  Task:
    facts:
      - activity: call-made
        of: AccountId
        when: { TaskSubtype: Call, IsClosed: true }
        at: CompletedDateTime
        about: { opportunity: WhatId }
        by: { rep: OwnerId }
        set: { subject: Subject }
      - activity: email-sent
        of: AccountId
        when: { TaskSubtype: Email, IsClosed: true }
        at: CompletedDateTime
        about: { opportunity: WhatId }
        by: { rep: OwnerId }
        set: { subject: Subject }
`;

export interface SizedCrm {
  readonly origin: string;
  readonly rows: { readonly [object: string]: number };
}

/** A Salesforce of that share of 1,000,000 opportunities and 5,000,000 activities, in a process that ends with this one. */
export async function startSizedCrm(scale: number): Promise<SizedCrm> {
  const server = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('crm-of-size.ts', import.meta.url)), String(scale)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  process.on('exit', () => server.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    server.stdout.setEncoding('utf8').once('data', (text: string) => resolve(JSON.parse(text)));
    server.once('close', () => reject(new Error('the CRM ended')));
  });
}

/** The most that the process ever had in memory, in MB; undefined once it has ended. */
export function peakOf(pid: number | undefined): number | undefined {
  try {
    const [, kilobytes] =
      /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1_024);
  } catch {
    return undefined;
  }
}
