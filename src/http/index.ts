export { createHttp, httpDefaults, type Http, type HttpAnswer, type HttpOptions, type HttpRequest } from './exchange.ts';
export { HttpFailure } from './failure.ts';
