import type { LoggedRequest } from '../../../sandbox/index.ts';
import type { RunResult } from '../../../sandbox/runner.ts';

/** The calls of a run that write to Oomnitza, in order. */
export function writesOf(run: RunResult): LoggedRequest[] {
  return run.requests.filter(({ service, method, path }) => service === 'oomnitza' && method !== 'GET' && path !== '/api/request_token');
}

/** The bodies that a run sent to Oomnitza with a method, in order. */
export function bodiesOf(run: RunResult, method: 'POST' | 'PATCH'): unknown[] {
  return writesOf(run)
    .filter((request) => request.method === method)
    .map(({ content }) => content);
}
