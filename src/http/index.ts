export { createHttp, httpDefaults, type Http, type HttpAnswer, type HttpOptions, type HttpRequest } from './exchange.ts';
export { HttpFailure } from './failure.ts';
export { settleProxy } from './proxy.ts';
export { webFetch } from './transport.ts';
