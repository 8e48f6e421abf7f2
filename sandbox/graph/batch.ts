import { isRecord, json, type Service, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';
import { badRequest, graphHeaders } from './errors.ts';
import type { GraphCall } from './service.ts';

/** An answer in place of the one to a part of a batch. */
export interface SpoiltPart {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const MOST = 20;

/**
 * `POST /$batch`: up to 20 questions at once. The answer is 200 whatever its parts say, which come in no order that could be
 * relied on.
 *
 * @param service answers the parts
 * @param spoil what to answer to a part in its place
 */
export function answerBatch(call: GraphCall, service: Service, spoil: (url: string) => SpoiltPart | undefined): ServiceAnswer {
  const { content, headers } = call.request;
  const requests: unknown = isRecord(content) ? content['requests'] : undefined;
  if (!Array.isArray(requests) || requests.length === 0) throw badRequest('Invalid batch payload format.');
  if (requests.length > MOST) throw badRequest(`Number of batch request steps exceeds the maximum of ${MOST}.`);
  const ids = new Set<string>();
  const responses = requests.map((part: unknown) => {
    if (!isRecord(part) || typeof part['id'] !== 'string' || typeof part['url'] !== 'string' || part['method'] !== 'GET') throw badRequest('Invalid batch payload format.');
    if (ids.has(part['id']) || !part['url'].startsWith('/')) throw badRequest('Each request in a batch needs an id of its own and a relative url.');
    ids.add(part['id']);
    const answer = spoil(part['url']);
    return { id: part['id'], ...(answer === undefined ? partOf(service(requestOf(part['url'], headers))) : { headers: {}, body: {}, ...answer }) };
  });
  return json('/v1.0/$batch', 200, { responses: responses.reverse() }, graphHeaders(call.ids));
}

function requestOf(url: string, headers: ServiceRequest['headers']): ServiceRequest {
  const target = `/v1.0${url}`;
  const [path = '', query = ''] = target.split('?');
  return { service: 'graph', method: 'GET', target, path, query: new URLSearchParams(query), headers, body: Buffer.alloc(0), content: undefined, malformed: false };
}

function partOf({ status, headers, body }: ServiceAnswer): SpoiltPart {
  const content: unknown = JSON.parse(String(body ?? 'null'));
  return { status, headers: headers ?? {}, body: content };
}
