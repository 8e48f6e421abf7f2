import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

/** A real server on the loopback interface. */
export interface Loopback {
  readonly url: URL;
  /** Requests in the order of arrival. */
  readonly requests: readonly IncomingMessage[];
  /** Resolves when this many requests have arrived. */
  arrived(count: number): Promise<void>;
  /** Ends every connection, hung ones too. */
  close(): Promise<void>;
}

/** Starts a server that answers every request by `listener`. */
export async function listen(listener: RequestListener): Promise<Loopback> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    server.emit('arrived');
    listener(request, response);
  });
  const closeAll = keepSockets(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: new URL(`http://127.0.0.1:${portOf(server)}/`),
    requests,
    async arrived(count) {
      while (requests.length < count) await once(server, 'arrived');
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      closeAll();
      await closed;
    },
  };
}

/** An address at which nobody listens. */
export async function nobodyAt(): Promise<URL> {
  const server = await listen((_request, response) => response.end());
  await server.close();
  return server.url;
}

export function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/** Remembers the sockets of a server; the returned function destroys them. */
function keepSockets(server: Server): () => void {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}
