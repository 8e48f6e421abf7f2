import { once } from 'node:events';
import { createServer } from 'node:net';

/** An https address of this machine at which nobody answers. */
export async function closedAddress(): Promise<string> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port was found');
  return `https://localhost:${address.port}`;
}
