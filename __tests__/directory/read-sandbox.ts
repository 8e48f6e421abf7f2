import type { Sandbox } from '../../sandbox/index.ts';
import { connectGraph, readUsers, tokenSource, type DirectoryQuery, type DirectoryUser } from '../../src/directory/index.ts';
import { everybody, FakeClock } from '../support/graph.ts';
import { signInTo } from '../support/sign-in.ts';
import { watchedHttp, type Watched } from '../support/transport.ts';

/** What a read gave, and what it did. */
export interface Read extends Watched {
  readonly users: readonly DirectoryUser[];
  readonly notices: readonly string[];
  /** Milliseconds of each wait for a request that is paced. */
  readonly paced: readonly number[];
}

/** Reads a sandbox's users over real HTTPS; no wait takes any time. */
export async function readSandbox(sandbox: Sandbox, query: Partial<DirectoryQuery>, signal = new AbortController().signal): Promise<Read> {
  const watched = watchedHttp({ signal, timeoutMs: 1500 });
  const token = tokenSource(signInTo(sandbox, watched.http), { signal, onSecret: () => undefined });
  const graph = connectGraph(new URL(sandbox.urls.graph), token, watched.http);
  const notices: string[] = [];
  const clock = new FakeClock();
  let users: DirectoryUser[] = [];
  for await (const page of readUsers(graph, { ...everybody, ...query }, (sentence) => notices.push(sentence), clock)) {
    if (page.first) users = [];
    users.push(...page.users);
  }
  return { ...watched, users, notices, paced: clock.waits };
}
