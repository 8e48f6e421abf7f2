import type { getOctokit } from '@actions/github';
import { webFetch } from '../http/index.ts';
import type { RunEvent } from './event.ts';
import { repeated } from './repeat.ts';

type Octokit = ReturnType<typeof getOctokit>;

/** GitHub's API, ready to be asked about the repository of the run. */
export interface GitHubConnection {
  readonly where: { readonly owner: string; readonly repo: string };
  /**
   * Asks one question, and again where that does no harm and GitHub cannot answer just now. It rejects, with GitHub's words,
   * where GitHub cannot be asked or refuses, and with the reason of the run's end where that comes first.
   *
   * @param question gets what each request has to be given as `request`
   */
  readonly ask: <Answer>(question: (octokit: Octokit, request: { signal: AbortSignal }) => Promise<Answer>) => Promise<Answer>;
}

/** For a question with all its attempts. */
const timeoutMs = 20_000;

export function connectGitHub(event: RunEvent, token: string, signal: AbortSignal): GitHubConnection {
  const connect = async (): Promise<Octokit> => {
    if (token === '') throw new Error('`github-token` is empty');
    // Loading it makes it read the proxy's settings, which have to be settled before.
    const actions = await import('@actions/github');
    const octokit = actions.getOctokit(token, { baseUrl: event.apiUrl, request: { fetch: webFetch } });
    octokit.hook.wrap('request', (send, sent) => repeated(async () => await send(sent), sent));
    return octokit;
  };
  let connected: Promise<Octokit> | undefined;
  return {
    where: { owner: event.owner, repo: event.repository },
    ask: async (question) => {
      try {
        return await question(await (connected ??= connect()), { signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) });
      } catch (thrown) {
        // Octokit makes an error of its own of it, which would look as if GitHub could not be asked.
        signal.throwIfAborted();
        throw thrown;
      }
    },
  };
}

/** Pages of a list, one after the other, until there are no more or there have been as many as GitHub ever gives of one. */
export async function* inPages<Element>(page: (number: { readonly page: number; readonly per_page: number }) => Promise<readonly Element[]>): AsyncGenerator<Element> {
  for (let number = 1; number <= mostPages; number++) {
    const elements = await page({ page: number, per_page: pageSize });
    yield* elements;
    if (elements.length < pageSize) return;
  }
}

const pageSize = 100;
const mostPages = 100;
