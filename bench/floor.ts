import type { LoggedRequest } from '../sandbox/index.ts';

/** The least time a plan can take: the longest chain of calls each of which needs the answer of the one before. */
export interface Floor {
  /** Calls of the longest chain. */
  readonly calls: number;
  readonly milliseconds: number;
}

/**
 * @param requests what a plan run sent
 * @param latencyMs what each call takes at least
 * @param concurrency calls to Oomnitza that may be under way at the same time
 */
export function floorOf(requests: readonly LoggedRequest[], latencyMs: number, concurrency: number): Floor {
  const of = (service: string): number => requests.filter((request) => request.service === service).length;
  // Every page of Graph needs the link of the one before, and the first needs a token.
  const microsoft = of('authority') + of('graph');
  // Token check, fields and the first page come one after the other; the pages after that go side by side.
  const pages = requests.filter(({ service, path }) => service === 'oomnitza' && path === '/api/v3/users').length;
  const oomnitza = of('oomnitza') - pages + Math.min(pages, 1) + Math.ceil(Math.max(pages - 1, 0) / concurrency);
  const calls = Math.max(microsoft, oomnitza);
  return { calls, milliseconds: calls * latencyMs };
}
