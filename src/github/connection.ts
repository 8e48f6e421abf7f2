import type { getOctokit } from '@actions/github';
import { webFetch } from '../http/index.ts';
import type { RunEvent } from './event.ts';

type Octokit = ReturnType<typeof getOctokit>;

/** Asks GitHub's API one question. Rejects with GitHub's words where it refuses, and with the run's reason where the run ended. */
export type AskGitHub = <Answer>(question: (rest: Octokit['rest'], request: { readonly signal: AbortSignal }) => Promise<Answer>) => Promise<Answer>;

const timeoutMs = 20_000;

/**
 * The API of the GitHub on which the run is, be it a server of the company's.
 *
 * @param signal ends a question
 */
export function connectGitHub({ apiUrl }: Pick<RunEvent, 'apiUrl'>, token: string, signal: AbortSignal): AskGitHub {
  const connect = async (): Promise<Octokit> => {
    if (token === '') throw new Error('`github-token` is empty');
    // Loading it makes it read the proxy's settings, which have to be settled before.
    const actions = await import('@actions/github');
    return actions.getOctokit(token, { baseUrl: apiUrl, request: { fetch: webFetch } });
  };
  let connected: Promise<Octokit> | undefined;
  return async (question) => {
    try {
      const { rest } = await (connected ??= connect());
      return await question(rest, { signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) });
    } catch (thrown) {
      // Octokit makes an error of its own of it, which would look as if GitHub could not be asked.
      signal.throwIfAborted();
      throw thrown;
    }
  };
}

/** The HTTP status with which GitHub refused; `undefined` where it did not answer. */
export function refusalOf(thrown: unknown): number | undefined {
  return thrown instanceof Error && 'status' in thrown && typeof thrown.status === 'number' && 'response' in thrown && thrown.response !== undefined ? thrown.status : undefined;
}
