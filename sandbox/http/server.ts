import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Certificate } from './certificate.ts';
import type { ClientCertificates } from './client-certificates.ts';
import type { Service, ServiceAnswer, ServiceName, ServiceRequest } from './exchange.ts';
import { describeFault, type Fault, type Faults } from './faults.ts';
import { readRequest } from './read-request.ts';
import type { LoggedRequest, RequestLog } from './request-log.ts';

/** What all servers of a sandbox share. */
export interface ServerContext {
  readonly certificate: Certificate;
  readonly requests: RequestLog;
  readonly faults: Faults;
  /** Time from the arrival of a request to its answer, in milliseconds. */
  latencyMs: number;
}

/** A listening service. */
export interface RunningServer {
  readonly url: string;
  /** The most connections that were open at a time. */
  readonly mostConnections: () => number;
  /** Ends every connection, hung ones too. */
  close(): Promise<void>;
}

/**
 * Starts a service on a free port of the loopback interface.
 *
 * @param demanded the client certificates one of which it demands
 */
export async function startServer(name: ServiceName, service: Service, context: ServerContext, demanded?: ClientCertificates): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  let mostConnections = 0;
  const server = createServer(
    // Which certificates are trusted is decided here, not by an authority.
    { key: context.certificate.key, cert: context.certificate.certificate, keepAlive: true, noDelay: true, requestCert: demanded !== undefined, rejectUnauthorized: false },
    (incoming, outgoing) => {
      const guarded: Service = (request) => demanded?.refuse(incoming.socket) ?? service(request);
      serve(name, guarded, context, incoming, outgoing).catch((error: unknown) => {
        // A client that went away while its body was read is no defect of the sandbox.
        if (!incoming.destroyed) console.error(`sandbox: ${name} failed`, error);
        outgoing.destroy();
      });
    },
  );
  // Node would close idle connections after five seconds and make a slow client race against it.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    mostConnections = Math.max(mostConnections, sockets.size);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('secureConnection', (socket) => {
    if (demanded?.refusal === 'close' && !demanded.accepts(socket)) socket.destroy();
  });
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox could not find out its own port');
  return {
    url: `https://localhost:${address.port}`,
    mostConnections: () => mostConnections,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function serve(
  name: ServiceName,
  service: Service,
  context: ServerContext,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const startedAt = performance.now();
  const request = await readRequest(name, incoming);
  const entry: LoggedRequest = {
    service: name,
    method: request.method,
    path: request.path,
    target: request.target,
    query: Object.fromEntries(request.query),
    headers: request.headers,
    content: request.content,
    route: request.path,
    status: null,
    fault: null,
    startedAt,
    endedAt: null,
  };
  outgoing.once('close', () => (entry.endedAt ??= performance.now()));
  const fault = context.faults.take(request);
  if (fault !== undefined) entry.fault = describeFault(fault);

  const handled = fault === undefined || takesEffect(fault) ? service(request) : undefined;
  if (handled !== undefined) entry.route = handled.route;
  context.requests.add(entry);
  if (fault?.hang) return;

  // The work above is done within the latency, as on a server that is far away rather than slow.
  const dueAt = startedAt + context.latencyMs + (fault?.delayMs ?? 0);
  at(dueAt, () => {
    if (outgoing.destroyed) return;
    if (fault?.drop !== undefined) {
      entry.endedAt = performance.now();
      outgoing.destroy();
      return;
    }
    const answer = fault === undefined ? handled : spoil(fault, handled, request);
    if (answer === undefined) throw new Error('a request without an answer');
    send(outgoing, answer, fault?.truncate);
    entry.status = answer.status;
    entry.endedAt = performance.now();
  });
}

function takesEffect(fault: Fault): boolean {
  return fault.status === undefined && !fault.hang ? fault.drop !== 'before' : fault.commit === true;
}

function spoil(fault: Fault, handled: ServiceAnswer | undefined, request: ServiceRequest): ServiceAnswer | undefined {
  if (fault.status !== undefined) {
    const text = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? {});
    const type = typeof fault.body === 'string' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
    return { route: request.path, status: fault.status, headers: { 'Content-Type': type, ...fault.headers }, body: text };
  }
  if (handled === undefined) return undefined;
  const headers = { ...handled.headers, ...fault.headers };
  if (fault.replace === undefined) return { ...handled, headers };
  const original: unknown = JSON.parse(String(handled.body ?? 'null'));
  return { ...handled, headers, body: JSON.stringify(fault.replace(original, request)) };
}

function send(outgoing: ServerResponse, answer: ServiceAnswer, truncate: Fault['truncate']): void {
  const whole = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body ?? '');
  const half = whole.subarray(0, Math.floor(whole.length / 2));
  const announced = truncate === 'json' ? half.length : whole.length;
  outgoing.writeHead(answer.status, { ...answer.headers, 'Content-Length': announced });
  if (truncate === 'connection') outgoing.write(half, () => outgoing.destroy());
  else outgoing.end(truncate === 'json' ? half : whole);
}

/** Calls back at this time of `performance.now()`, never before. */
function at(time: number, callback: () => void): void {
  const left = time - performance.now();
  if (left <= 0) callback();
  // Timers count whole milliseconds from the start of the event loop's turn, and so may fire a little early.
  else if (left < 1) setImmediate(at, time, callback);
  else setTimeout(at, Math.floor(left), time, callback);
}
