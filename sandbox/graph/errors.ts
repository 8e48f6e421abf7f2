import { randomUUID } from 'node:crypto';
import { json, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';

/** A refusal of Graph, thrown where it is noticed. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** 400 for a request that is wrong whoever asks. */
export function badRequest(message: string): GraphError {
  return new GraphError(400, 'Request_BadRequest', message);
}

/** 400 for a query that the directory does not support, or only with the advanced parameters. */
export function unsupportedQuery(message: string): GraphError {
  return new GraphError(400, 'Request_UnsupportedQuery', message);
}

/** The ids that Graph gives every answer, and repeats in the body of an error. */
export interface GraphIds {
  readonly requestId: string;
  readonly clientRequestId: string;
}

/** Ids for the answer to a request; the client's own id comes back when it sent one. */
export function graphIds(request: ServiceRequest): GraphIds {
  const requestId = randomUUID();
  const sent = request.headers['client-request-id'];
  return { requestId, clientRequestId: typeof sent === 'string' ? sent : requestId };
}

/** The headers of every answer of Graph. */
export function graphHeaders(ids: GraphIds): Record<string, string> {
  return {
    'request-id': ids.requestId,
    'client-request-id': ids.clientRequestId,
    'OData-Version': '4.0',
    'Cache-Control': 'no-cache',
  };
}

/** The body Graph gives an error. */
export function graphErrorBody(code: string, message: string, ids: GraphIds): unknown {
  return {
    error: {
      code,
      message,
      innerError: {
        date: new Date().toISOString().slice(0, 19),
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  };
}

/** The answer that tells an error. */
export function graphErrorAnswer(route: string, error: GraphError, ids: GraphIds): ServiceAnswer {
  const headers: Record<string, string> = graphHeaders(ids);
  if (error.status === 401) headers['WWW-Authenticate'] = 'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"';
  return json(route, error.status, graphErrorBody(error.code, error.message, ids), headers);
}
