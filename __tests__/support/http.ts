import type { Http, HttpAnswer, HttpRequest } from '../../src/http/index.ts';

/** An answer with a JSON body. */
export function answer(status: number, json: unknown, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return { status, json, text: JSON.stringify(json), headers: new Headers(headers) };
}

/** An answer with a body that is no JSON. */
export function plain(status: number, text: string, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return { status, json: undefined, text, headers: new Headers(headers) };
}

export type Handler = (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>;

/** An {@link Http} that does as its handler says; it neither waits nor tries again. */
export class FakeHttp implements Http {
  readonly requests: HttpRequest[] = [];
  pauses = 0;
  readonly #handle: Handler;

  constructor(handle: Handler) {
    this.#handle = handle;
  }

  async send(request: HttpRequest): Promise<HttpAnswer> {
    this.requests.push(request);
    return await this.#handle(request);
  }

  pause(): Promise<void> {
    this.pauses += 1;
    return Promise.resolve();
  }
}

/** Gives these answers in turn, and the last one for ever. */
export function inTurn(...answers: readonly [HttpAnswer, ...HttpAnswer[]]): Handler {
  let given = 0;
  return () => answers[Math.min(given++, answers.length - 1)] ?? answers[0];
}
