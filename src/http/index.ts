export { waitBeforeRetry } from './backoff.ts';
export { createHttp, httpDefaults, type Http, type HttpAnswer, type HttpOptions, type HttpRequest } from './exchange.ts';
export type { ClientIdentity } from './dispatchers.ts';
export { HttpFailure, httpFailure } from './failure.ts';
export { settleProxy } from './proxy.ts';
export { transportAs, webFetch } from './transport.ts';
