import type { getOctokit } from '@actions/github';
import { webFetch } from '../http/index.ts';
import { visibilityOf, type RunEvent, type Visibility } from './event.ts';

/** What the action asks GitHub about the repository it runs in. */
export interface Repository {
  defaultBranch(): Promise<string>;
  /** Who can see it; `undefined` where GitHub does not say. */
  visibility(): Promise<Visibility | undefined>;
  /** Text of a file at a branch; `undefined` where there is no such file. */
  textAt(path: string, branch: string): Promise<string | undefined>;
}

const timeoutMs = 20_000;

/** All methods reject, with GitHub's words, where GitHub cannot be asked or refuses. */
export function connectRepository(event: RunEvent, token: string, signal: AbortSignal): Repository {
  const octokit = async (): Promise<ReturnType<typeof getOctokit>> => {
    if (token === '') throw new Error('`github-token` is empty');
    // Loading it makes it read the proxy's settings, which have to be settled before.
    const actions = await import('@actions/github');
    return actions.getOctokit(token, { baseUrl: event.apiUrl, request: { fetch: webFetch } });
  };
  const ask = async <Answer>(question: (request: { signal: AbortSignal }) => Promise<Answer>): Promise<Answer> => {
    try {
      return await question({ signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) });
    } catch (thrown) {
      // Octokit makes an error of its own of it, which would look as if GitHub could not be asked.
      signal.throwIfAborted();
      throw thrown;
    }
  };
  const where = { owner: event.owner, repo: event.repository };
  return {
    async defaultBranch() {
      const { data } = await ask(async (request) => (await octokit()).rest.repos.get({ ...where, request }));
      return data.default_branch;
    },
    async visibility() {
      const { data } = await ask(async (request) => (await octokit()).rest.repos.get({ ...where, request }));
      return visibilityOf(data);
    },
    async textAt(path, branch) {
      try {
        const question = { ...where, path, ref: `refs/heads/${branch}`, mediaType: { format: 'raw' } };
        const { data } = await ask(async (request) => (await octokit()).rest.repos.getContent({ ...question, request }));
        const text: unknown = data;
        if (typeof text !== 'string') throw new Error(`${path} is not a file`);
        return text;
      } catch (thrown) {
        if (thrown instanceof Error && 'status' in thrown && thrown.status === 404) return undefined;
        throw thrown;
      }
    },
  };
}
