import { CREDENTIALS, OomnitzaInstance } from '../../sandbox/index.ts';
import { oomnitzaApi } from '../../sandbox/oomnitza/service.ts';
import type { HttpAnswer, HttpRequest } from '../../src/http/index.ts';
import { apiToken, connectOomnitza, type Oomnitza } from '../../src/oomnitza/index.ts';
import { FakeHttp } from './http.ts';

/** Stands between client and instance: may serve a request, or do something else. */
export type Between = (request: HttpRequest, serve: () => HttpAnswer) => HttpAnswer | Promise<HttpAnswer>;

/** An instance of the sandbox that is reached without a network, and its requests. */
export interface NearInstance {
  readonly instance: OomnitzaInstance;
  readonly oomnitza: Oomnitza;
  readonly http: FakeHttp;
}

export function nearInstance(between: Between = (_request, serve) => serve()): NearInstance {
  const instance = new OomnitzaInstance(1);
  instance.tokens.set(CREDENTIALS.apiToken, new Set(['read', 'write']));
  const service = oomnitzaApi(instance);
  const http = new FakeHttp((request) =>
    between(request, () => {
      const { method, url, headers, body = '' } = request;
      const content: unknown = body === '' ? undefined : JSON.parse(body);
      const target = `${url.pathname}${url.search}`;
      const answer = service({ service: 'oomnitza', method, target, path: url.pathname, query: url.searchParams, headers, body: Buffer.from(body), content, malformed: false });
      const text = String(answer.body ?? '');
      const json: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined;
      return { status: answer.status, headers: new Headers(answer.headers), json, text };
    }),
  );
  return { instance, http, oomnitza: connectOomnitza({ url: new URL('https://example.oomnitza.com'), token: apiToken(CREDENTIALS.apiToken), ignoreMetaRestriction: false }, http) };
}
