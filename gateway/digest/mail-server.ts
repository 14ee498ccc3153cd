import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createMailer, type Mailer } from './mailer.js';
import type { SmtpSettings } from './smtp-settings.js';

/** What the server says to one mail, at one of its moments; `drop` cuts the connection in the middle of the data. */
export type Answer =
  | 'accept'
  | 'drop'
  /** Takes the mail, and the connection breaks before it says so. */
  | 'take-and-drop'
  | { readonly at: 'sender' | 'recipient' | 'data'; readonly code: number; readonly text?: string };

/** A real SMTP server on a free port of this machine, for tests. */
export interface MailServer {
  readonly port: number;
  readonly received: readonly (Email & { readonly to0: string })[];
  /** Of the next mails, in order; then everything is accepted. */
  answers(...answers: readonly Answer[]): void;
  readonly connections: number;
  mailer(change?: Partial<SmtpSettings>): Mailer;
  close(): Promise<void>;
}

export async function openMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: (Email & { readonly to0: string })[] = [];
  const queue: Answer[] = [];
  const mailers: Mailer[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let answer: Answer = 'accept';
  const fail = ({ code, text = 'no' }: { code: number; text?: string }): Error =>
    Object.assign(new Error(text), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.key ? [] : ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onMailFrom(_address, _session, callback) {
      answer = queue.shift() ?? 'accept';
      callback(typeof answer === 'object' && answer.at === 'sender' ? fail(answer) : null);
    },
    onRcptTo(_address, _session, callback) {
      callback(typeof answer === 'object' && answer.at === 'recipient' ? fail(answer) : null);
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      const mine = answer;
      const cut = (): void => {
        for (const socket of sockets) socket.destroy();
      };
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (mine === 'drop') cut();
      });
      stream.on('end', async () => {
        if (mine === 'drop') return;
        if (typeof mine === 'object') return callback(fail(mine));
        const mail = await PostalMime.parse(Buffer.concat(chunks));
        received.push({ ...mail, to0: session.envelope.rcptTo[0]?.address ?? '' });
        if (mine === 'take-and-drop') return cut();
        callback(null);
      });
    },
    ...options,
  });
  server.server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  // A client that hangs up is no failure of the server.
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    received,
    answers: (...answers) => void queue.push(...answers),
    get connections() {
      return connections;
    },
    mailer(change = {}) {
      const mailer = createMailer({
        host: '127.0.0.1',
        port,
        tls: 'none',
        from: { name: 'Opportune', address: 'digest@example.com' },
        ...change,
      });
      mailers.push(mailer);
      return mailer;
    },
    async close() {
      for (const mailer of mailers) mailer.close();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
