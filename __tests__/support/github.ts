import { jest } from '@jest/globals';
import type { RunEvent } from '../../src/github/index.ts';

/** A manual run of the default branch, with what is different. */
export function runEvent(changes: Partial<RunEvent> = {}): RunEvent {
  return {
    name: 'workflow_dispatch',
    ref: 'refs/heads/main',
    owner: 'contoso',
    repository: 'it-automation',
    defaultBranch: 'main',
    visibility: 'private',
    apiUrl: 'https://api.github.com',
    runUrl: undefined,
    onGitHubCom: true,
    attempt: '1',
    proposal: undefined,
    untrusted: undefined,
    ...changes,
  };
}

/** What a run prints, from now on; nothing of it is shown. Ends with `jest.restoreAllMocks()`. */
export function captureLog(): { lines(): string[] } {
  let text = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  return { lines: () => text.split('\n').slice(0, -1) };
}

/** Sets variables of the environment, until the returned function is called; `undefined` takes one away. */
export function setEnvironment(variables: Readonly<Record<string, string | undefined>>): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  const set = (name: string, value: string | undefined): void => {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  };
  for (const [name, value] of Object.entries(variables)) set(name, value);
  return () => {
    for (const [name, value] of before) set(name, value);
  };
}
