import { connectGitHub, refusalOf } from './connection.ts';
import type { RunEvent } from './event.ts';

/** What the action asks GitHub about the repository it runs in. */
export interface Repository {
  defaultBranch(): Promise<string>;
  /** Text of a file at a branch; `undefined` where there is no such file. */
  textAt(path: string, branch: string): Promise<string | undefined>;
}

/** All methods reject, with GitHub's words, where GitHub cannot be asked or refuses. */
export function connectRepository(event: RunEvent, token: string, signal: AbortSignal): Repository {
  const ask = connectGitHub(event, token, signal);
  const where = { owner: event.owner, repo: event.repository };
  return {
    async defaultBranch() {
      const { data } = await ask((rest, request) => rest.repos.get({ ...where, request }));
      return data.default_branch;
    },
    async textAt(path, branch) {
      try {
        const question = { ...where, path, ref: `refs/heads/${branch}`, mediaType: { format: 'raw' } };
        const { data } = await ask((rest, request) => rest.repos.getContent({ ...question, request }));
        const text: unknown = data;
        if (typeof text !== 'string') throw new Error(`${path} is not a file`);
        return text;
      } catch (thrown) {
        if (refusalOf(thrown) === 404) return undefined;
        throw thrown;
      }
    },
  };
}
