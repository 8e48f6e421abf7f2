import { finished } from 'node:stream/promises';
import type { IncomingMessage } from 'node:http';
import type { ServiceName, ServiceRequest } from './exchange.ts';

const NO_BODY = Buffer.alloc(0);

/** Reads a request to its end. */
export async function readRequest(service: ServiceName, incoming: IncomingMessage): Promise<ServiceRequest> {
  const target = incoming.url ?? '/';
  const mark = target.indexOf('?');
  const { headers } = incoming;
  const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
  // A request without a body is handled in the same turn of the event loop.
  const body = hasBody ? await readBody(incoming) : NO_BODY;
  return {
    service,
    method: incoming.method ?? 'GET',
    target,
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
    headers,
    body,
    ...parse(body, headers['content-type'] ?? ''),
  };
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  await finished(incoming);
  return Buffer.concat(chunks);
}

function parse(body: Buffer, type: string): { content: unknown; malformed: boolean } {
  if (body.length === 0) return { content: undefined, malformed: false };
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { content: Object.fromEntries(new URLSearchParams(body.toString())), malformed: false };
  }
  if (!type.startsWith('application/json')) return { content: undefined, malformed: false };
  try {
    return { content: JSON.parse(body.toString()), malformed: false };
  } catch {
    return { content: undefined, malformed: true };
  }
}
