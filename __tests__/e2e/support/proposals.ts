import type { RunResult } from '../../../sandbox/runner.ts';

/** Where scenarios keep their sync file. */
export const SYNC_FILE = '.github/oomnitza-user-sync.yml';

/** The repository that pull requests are for, as payloads name it. */
const base = { ref: 'main', sha: '0a1f2e3d4c5b6a7f8e9d0c1b6294a7d8e0b1c3f5', repo: { full_name: 'contoso/it-automation' } };

/** The payload of a pull request from a fork. */
export const fromFork = {
  pull_request: { number: 7, head: { ref: 'map', sha: 'c0ffee5a7b8d9e0f1a2b3c4d5e6f708192a3b4c5', repo: { full_name: 'mallory/it-automation', fork: true } }, base },
};

/** What a run read: requests to either side, and none to GitHub. */
export function readsOf({ requests }: RunResult): readonly string[] {
  return requests.filter(({ service }) => service !== 'github').map(({ method, path }) => `${method} ${path}`);
}

/** How often a run walked through the users of the directory, and through the people of Oomnitza. */
export function walksOf({ requests }: RunResult): { readonly users: number; readonly people: number } {
  const walks = (service: string, path: string): number => requests.filter((request) => request.service === service && request.path === path).length;
  return { users: walks('graph', '/v1.0/users'), people: walks('oomnitza', '/api/v3/users') };
}

/** The cells of the row of a Markdown table that begins with these words. */
export function rowOf(markdown: string, name: string): readonly string[] | undefined {
  const row = markdown.split('\n').find((line) => line.startsWith(`| ${name} |`));
  return row?.split('|').slice(2, -1).map((cell) => cell.replaceAll('*', '').trim());
}
