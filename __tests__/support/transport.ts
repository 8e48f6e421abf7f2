import { createHttp, httpDefaults, type Http, type HttpOptions, type HttpRequest } from '../../src/http/index.ts';

/** What a fake transport does with one request. */
export type Step = (request: Request) => Response | Promise<Response>;

/** An {@link Http} whose waits take no time, with what it did. */
export interface Watched {
  readonly http: Http;
  /** The requests that reached the fake transport. */
  readonly sent: readonly Request[];
  /** Milliseconds of each wait. */
  readonly waits: readonly number[];
  /** What it told of its further attempts. */
  readonly retries: readonly string[];
}

/** An {@link Http} over a fake transport that does these steps in turn, and the last one for ever. */
export function httpDoing(steps: readonly [Step, ...Step[]], options: Partial<HttpOptions> = {}): Watched {
  const sent: Request[] = [];
  const watched = watchedHttp({
    ...options,
    transport: async (input, init) => {
      const request = new Request(input, init);
      const step = steps[Math.min(sent.length, steps.length - 1)] ?? steps[0];
      sent.push(request);
      return await step(request);
    },
  });
  return { ...watched, sent };
}

/** An {@link Http} over the real transport, or the one given, whose waits take no time. */
export function watchedHttp(options: Partial<HttpOptions> = {}): Watched {
  const waits: number[] = [];
  const retries: string[] = [];
  const http = createHttp({
    ...httpDefaults,
    signal: new AbortController().signal,
    sleep: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
    random: () => 0.5,
    onRetry: (sentence) => { retries.push(sentence); },
    ...options,
  });
  return { http, sent: [], waits, retries };
}

export function status(code: number, headers: Readonly<Record<string, string>> = {}): Step {
  return () => new Response('', { status: code, headers });
}

export function json(content: unknown, code = 200): Step {
  return () => Response.json(content, { status: code });
}

/** Fails as a socket does, with its reason in a cause where a library wraps it. */
export function broken(code: string, syscall?: string): Step {
  const reason = Object.assign(new Error(code), { code, ...(syscall === undefined ? {} : { syscall }) });
  return () => Promise.reject(new Error('the request failed', { cause: reason }));
}

/** A request that may be sent twice. */
export function get(url = 'https://api.example.com/users'): HttpRequest {
  return { method: 'GET', url: new URL(url), headers: {}, repeatable: true };
}

/** A request that must not be carried out twice. */
export function post(url = 'https://api.example.com/users'): HttpRequest {
  return { method: 'POST', url: new URL(url), headers: { 'content-type': 'application/json' }, body: '{"a":1}', repeatable: false };
}
