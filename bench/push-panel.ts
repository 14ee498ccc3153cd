import { type ClientRequest, get } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { RecordId } from 'opportune';

/** A panel with a socket of its own. */
export interface BenchPanel {
  /** Resolves when its stream is open. */
  readonly open: Promise<void>;
  close(): void;
}

/** Calls back at the moment at which an event for a record came; the rest of the stream is skimmed. */
export function openBenchPanel(
  url: string,
  rep: RecordId,
  records: readonly RecordId[],
  changed: (record: RecordId, at: number) => void,
): BenchPanel {
  let request: ClientRequest | undefined;
  const query = records.map((record) => `record=${encodeURIComponent(record)}`).join('&');
  const open = new Promise<void>((resolve, reject) => {
    request = get(
      `${url}/v1/events?${query}`,
      { agent: false, headers: { authorization: `Development acme ${rep} rep` } },
      (response) => {
        if (response.statusCode !== 200) return reject(new Error(`${response.statusCode}`));
        response.setEncoding('utf8');
        let rest = '';
        response.on('data', (chunk: string) => {
          const at = performance.now();
          const lines = (rest + chunk).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines)
            if (line.startsWith('data: {"record":"')) changed(line.slice(17, -2), at);
        });
        response.on('error', () => undefined);
        resolve();
      },
    );
    request.on('error', reject);
  });
  open.catch(() => undefined);
  return { open, close: () => request?.destroy() };
}
