export { createHttp, httpDefaults, type Http, type HttpAnswer, type HttpOptions, type HttpRequest } from './exchange.ts';
export { HttpFailure, httpFailure, untrustedCertificateHint } from './failure.ts';
