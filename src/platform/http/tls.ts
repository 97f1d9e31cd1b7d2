import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:https';

export type TlsFiles = {
  cert: string;
  key: string;
  /** The variables that name them, for errors: `FRONTDESK_TLS` unless told. */
  named?: string;
};

const lookMs = 60_000;

/** The certificate with its chain, and its key, as PEM. @throws with the file that cannot be read */
export function readTls({ cert, key, named = 'FRONTDESK_TLS' }: TlsFiles): { cert: Buffer; key: Buffer } {
  const read = (variable: string, file: string) => {
    try {
      return readFileSync(file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new Error(`${variable}: ${file} cannot be read (${code}). Give the path of a PEM file`);
    }
  };
  return { cert: read(`${named}_CERT`, cert), key: read(`${named}_KEY`, key) };
}

/** A renewed certificate is used within a minute, without a restart; one that does not fit leaves the old in use. */
export function takeRenewed(
  server: Server,
  files: TlsFiles,
  onFailure: (error: unknown) => void,
  everyMs = lookMs,
): void {
  const renew = () => {
    try {
      server.setSecureContext({ ...readTls(files), minVersion: 'TLSv1.2' });
    } catch (error) {
      onFailure(error);
    }
  };
  watchFile(files.cert, { interval: everyMs, persistent: false }, renew);
  server.once('close', () => unwatchFile(files.cert, renew));
}
