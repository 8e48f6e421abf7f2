import type { ClientSecretCredentialOptions } from '@azure/identity';
import { HttpFailure, type Http, type HttpAnswer } from '../http/index.ts';

type HttpClient = NonNullable<ClientSecretCredentialOptions['httpClient']>;
type Request = Parameters<HttpClient['sendRequest']>[0];
type Response = Awaited<ReturnType<HttpClient['sendRequest']>>;

/** Numbers by which Entra says that the fault is its own and passing, whatever the status of the answer. */
const transient = new Set([90055, 90033, 90012, 50033, 90006]);

/** The number of an error of Microsoft Entra in a text; `undefined` where there is none. */
export function errorNumberIn(text: string): number | undefined {
  const digits = /AADSTS(\d+)/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function isTransient(number: number | undefined): boolean {
  return number !== undefined && transient.has(number);
}

/** What the authority did at last. */
export type AuthorityResult =
  | { readonly status: number; /** The authority's own words; empty where the body is none of its answers. */ readonly description: string }
  | { readonly failure: HttpFailure };

/**
 * Carries what Microsoft's library sends to the authority through our own `http/`: its time-outs, further attempts and
 * proxy, and the end of the run, which the library does not hand on. It remembers what the library forgets: why the
 * authority could not be reached, and what a failed discovery answered.
 */
export class AuthorityClient implements HttpClient {
  /** `undefined` before anything was asked. */
  result: AuthorityResult | undefined;
  readonly #http: Http;
  readonly #signal: AbortSignal;

  constructor(http: Http, signal: AbortSignal) {
    this.#http = http;
    this.#signal = signal;
  }

  async sendRequest(request: Request): Promise<Response> {
    const answer = await this.#send(request);
    this.result = { status: answer.status, description: descriptionIn(answer) };
    return { request, status: answer.status, headers: noHeaders(), bodyAsText: answer.text };
  }

  async #send({ url, method, headers, body }: Request): Promise<HttpAnswer> {
    if (method !== 'GET' && method !== 'POST') throw new TypeError(`no sign-in needs ${method}`);
    const sent = Object.fromEntries(Object.entries(headers.toJSON()).filter(([name]) => name !== 'accept-encoding'));
    try {
      return await this.#http.send({
        method,
        url: new URL(url),
        headers: sent,
        ...(typeof body === 'string' ? { body } : {}),
        repeatable: true,
        signal: this.#signal,
        isPassing: (answer) => isTransient(errorNumberIn(descriptionIn(answer))),
      });
    } catch (thrown) {
      if (thrown instanceof HttpFailure) this.result = { failure: thrown };
      throw thrown;
    }
  }
}

function descriptionIn({ text }: HttpAnswer): string {
  try {
    const description: unknown = Reflect.get(Object(JSON.parse(text)), 'error_description');
    return typeof description === 'string' ? description : '';
  } catch {
    return '';
  }
}

/** The library looks at headers only to put off further attempts, which are made already when it gets an answer. */
function noHeaders(): Response['headers'] {
  return {
    get: () => undefined,
    has: () => false,
    set: () => undefined,
    delete: () => undefined,
    toJSON: () => ({}),
    [Symbol.iterator]: () => [][Symbol.iterator](),
  };
}
