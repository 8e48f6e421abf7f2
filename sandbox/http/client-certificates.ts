import { TLSSocket } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { ServiceAnswer } from './exchange.ts';

/** Which client certificates a server trusts, where it demands one, and how it turns others away. */
export class ClientCertificates {
  /** `page`: answers each request with a page, as nginx does. `close`: ends the connection. May be changed at any time. */
  refusal: 'page' | 'close' = 'page';
  readonly #trusted = new Set<string>();

  /** @param pem of the certificate itself */
  trust(pem: string): void {
    this.#trusted.add(new X509Certificate(pem).fingerprint256);
  }

  accepts(socket: Duplex): boolean {
    // A connection that was ended meanwhile has no certificate any more.
    return socket instanceof TLSSocket && !socket.destroyed && this.#trusted.has(socket.getPeerCertificate().fingerprint256);
  }

  /** How a request with this connection is turned away; undefined where it is not. */
  refuse(socket: Duplex): ServiceAnswer | undefined {
    if (this.accepts(socket)) return undefined;
    const what = socket instanceof TLSSocket && !socket.destroyed && Object.keys(socket.getPeerCertificate()).length > 0 ? 'The SSL certificate error' : 'No required SSL certificate was sent';
    return { route: '(refused)', status: 400, headers: { 'Content-Type': 'text/html' }, body: `<html>\r\n<head><title>400 ${what}</title></head>\r\n</html>\r\n` };
  }
}
