import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type TakenMail = { from: string; to: string[]; text: string; isSecure: boolean; user: string };

/** What goes wrong with the next mail: an answer to RCPT, to the end of it, or a connection that ends. */
export type MailMishap =
  | { at: 'recipient' | 'data'; code: number }
  | 'drop-at-greeting'
  | 'drop-at-recipient'
  | 'drop-in-data'
  | 'drop-after-data'
  /** Never silent, never done. */
  | 'say-on-and-on';

export type MailServer = {
  port: number;
  mails: TakenMail[];
  /** Connections that it saw. */
  met(): number;
  next(...mishaps: MailMishap[]): void;
  close(): Promise<void>;
};

const refused = (code: number) => Object.assign(new Error('not now'), { responseCode: code });

/** A real SMTP server on loopback that remembers what it took. */
export async function openMailServer(
  options: { tls?: { key: string; cert: string }; user?: string; password?: string } = {},
): Promise<MailServer> {
  const mails: TakenMail[] = [];
  const mishaps: MailMishap[] = [];
  let met = 0;
  const cut = (id: string) => {
    for (const one of server.connections) if (one.session.id === id) one.close();
  };
  const sayOn = (id: string) => {
    for (const one of server.connections) {
      if (one.session.id !== id) continue;
      const { _socket: socket } = one as unknown as { _socket: Socket };
      const timer = setInterval(() => socket.write('250-one moment\r\n'), 20);
      socket.once('close', () => clearInterval(timer));
    }
  };
  const server: SMTPServer = new SMTPServer({
    ...(options.tls ? options.tls : { disabledCommands: ['STARTTLS'] }),
    authOptional: !options.user,
    allowInsecureAuth: !options.tls,
    onConnect: (session, done) => {
      met += 1;
      if (mishaps[0] !== 'drop-at-greeting') return done();
      mishaps.shift();
      cut(session.id);
    },
    onAuth: (auth, _session, done) =>
      auth.username === options.user && auth.password === options.password
        ? done(null, { user: auth.username })
        : done(refused(535)),
    onRcptTo: (_address, session, done) => {
      const [mishap] = mishaps;
      if (mishap === 'drop-at-recipient') {
        mishaps.shift();
        return void cut(session.id);
      }
      if (mishap === 'say-on-and-on') {
        mishaps.shift();
        return sayOn(session.id);
      }
      if (typeof mishap === 'object' && mishap.at === 'recipient') {
        mishaps.shift();
        return done(refused(mishap.code));
      }
      done();
    },
    onData: (stream, session, done) => {
      const mishap = mishaps.shift();
      if (mishap === 'drop-in-data') return void stream.once('data', () => cut(session.id));
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (typeof mishap === 'object') return done(refused(mishap.code));
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map((one) => one.address),
          text: Buffer.concat(chunks).toString('utf8'),
          isSecure: session.secure,
          user: String(session.user ?? ''),
        });
        if (mishap === 'drop-after-data') return void cut(session.id);
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    met: () => met,
    next: (...more) => void mishaps.push(...more),
    close: () => {
      for (const one of server.connections) one.close();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
