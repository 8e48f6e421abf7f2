import { connectGraph, readUsers, type Clock, type DirectoryPage, type DirectoryQuery } from '../../src/directory/index.ts';
import type { HttpRequest } from '../../src/http/index.ts';
import { answer, FakeHttp, type Handler } from './http.ts';

const origin = 'https://graph.microsoft.com';

export const everybody: DirectoryQuery = { kind: 'entra', properties: [], filter: undefined, groups: [] };

/** A clock whose waits take no time of anybody's, with what they came to. */
export class FakeClock implements Clock {
  readonly waits: number[] = [];
  #now = 0;

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number): Promise<void> {
    this.waits.push(milliseconds);
    this.#now += milliseconds;
    return Promise.resolve();
  }
}

/** One page of Graph's list of users. */
export function page(ids: readonly string[], next?: string): ReturnType<typeof answer> {
  return answer(200, { value: ids.map((id) => ({ id })), ...(next === undefined ? {} : { '@odata.nextLink': linkTo(next) }) });
}

export function linkTo(token: string): string {
  return `${origin}/v1.0/users?$skiptoken=${token}`;
}

/** The error that Graph answers. */
export function graphError(status: number, code: string, message = 'Graph says why.'): ReturnType<typeof answer> {
  return answer(status, { error: { code, message, innerError: { 'request-id': 'aaaa-1' } } });
}

/** A walk through the users of a Graph that answers as told. */
export interface Walk {
  readonly pages: AsyncGenerator<DirectoryPage>;
  readonly requests: readonly HttpRequest[];
  readonly notices: readonly string[];
  /** Milliseconds of each wait for a request that is paced. */
  readonly waits: readonly number[];
}

export function walk(handle: Handler, query: Partial<DirectoryQuery> = {}): Walk {
  const http = new FakeHttp(handle);
  const notices: string[] = [];
  const clock = new FakeClock();
  const graph = connectGraph(new URL(origin), () => Promise.resolve('the-token'), http);
  return { pages: readUsers(graph, { ...everybody, ...query }, (sentence) => notices.push(sentence), clock), requests: http.requests, notices, waits: clock.waits };
}

/** Reads to the end, and gives the ids that are good then, page by page. */
export async function idsOf({ pages }: Pick<Walk, 'pages'>): Promise<string[][]> {
  let ids: string[][] = [];
  for await (const { users, first } of pages) {
    if (first) ids = [];
    ids.push(users.map(({ id }) => id));
  }
  return ids;
}
