import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';

/** A proxy that makes connections on behalf of a client (`CONNECT`, RFC 9110, 9.3.6) and cannot look into them. */
export interface RunningProxy {
  /** Address for `HTTPS_PROXY`, with user and password where the proxy asks for them. */
  url: string;
  /** Host and port of every connection made, in order. */
  readonly tunnels: readonly string[];
  /** Host and port of every connection refused, in order. */
  readonly refused: readonly string[];
  /** Answers this status to every request from now on; `undefined` makes connections again. */
  refusal: number | undefined;
  close(): Promise<void>;
}

/**
 * Starts a proxy on a free port of the loopback interface.
 *
 * @param resolve where a name leads to, such as `https://localhost:1234`; undefined for names it does not know
 * @param credentials `user:password` that it asks for; percent-encoded as in an address
 */
export async function startProxy(resolve: (authority: string) => string | undefined, credentials?: string): Promise<RunningProxy> {
  const sockets = new Set<Socket>();
  const tunnels: string[] = [];
  const refused: string[] = [];
  const server = createServer((_request, response) => {
    response.writeHead(405).end('This proxy makes connections only.');
  });
  const proxy: RunningProxy = {
    url: '',
    tunnels,
    refused,
    refusal: undefined,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  server.on('connection', (socket: Socket) => {
    keep(sockets, socket);
  });
  server.on('connect', (request: IncomingMessage, client: Socket, head: Buffer) => {
    const authority = request.url ?? '';
    const status = proxy.refusal ?? (isAllowed(request, credentials) ? undefined : 407);
    const target = URL.parse(resolve(authority) ?? '');
    if (status !== undefined || target === null) {
      refused.push(authority);
      const challenge = status === 407 ? 'Proxy-Authenticate: Basic realm="sandbox"\r\n' : '';
      client.end(`HTTP/1.1 ${status ?? 502} Refused\r\n${challenge}Content-Length: 0\r\n\r\n`);
      return;
    }
    tunnels.push(authority);
    const service = connect(Number(target.port), target.hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      service.write(head);
      service.pipe(client);
      client.pipe(service);
    });
    keep(sockets, service);
    service.once('close', () => client.destroy());
    client.once('close', () => service.destroy());
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy could not find out its own port');
  proxy.url = `http://${credentials === undefined ? '' : `${credentials}@`}localhost:${address.port}`;
  return proxy;
}

function isAllowed({ headers }: IncomingMessage, credentials: string | undefined): boolean {
  if (credentials === undefined) return true;
  const plain = credentials.split(':').map(decodeURIComponent).join(':');
  return headers['proxy-authorization'] === `Basic ${Buffer.from(plain).toString('base64')}`;
}

function keep(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.once('close', () => sockets.delete(socket));
}
