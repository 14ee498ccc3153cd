import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net';

/** Stands between two ends of TCP, and can fall silent: neither end is told, and nothing more comes through. */
export interface SilentProxy {
  readonly port: number;
  /** What is connected stays so, for ever and for nothing; so does what connects until `heal`. */
  fallSilent(): void;
  /** What connects from now on comes through. */
  heal(): void;
  close(): Promise<void>;
}

export async function openSilentProxy(target: NetConnectOpts): Promise<SilentProxy> {
  let silent = false;
  const sockets = new Set<Socket>();
  const cut: (() => void)[] = [];
  const server = createServer((near) => {
    sockets.add(near);
    near.on('error', () => undefined);
    // Read and forgotten.
    if (silent) return void near.resume();
    const far = connect(target);
    sockets.add(far);
    far.on('error', () => undefined);
    const pairs = [
      [near, far],
      [far, near],
    ] as const;
    for (const [from, to] of pairs) from.on('data', (chunk) => to.write(chunk));
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    for (const one of [near, far]) one.on('close', end);
    cut.push(() => {
      for (const one of [near, far]) {
        one.removeAllListeners('data');
        one.removeAllListeners('close');
        one.resume();
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as { port: number }).port,
    fallSilent() {
      silent = true;
      for (const one of cut.splice(0)) one();
    },
    heal() {
      silent = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
