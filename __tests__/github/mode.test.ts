import { describe, expect, test } from '@jest/globals';
import { SyncError } from '../../src/errors.ts';
import { refuseApply, resolveMode, type RunEvent } from '../../src/github/index.ts';
import type { Repository } from '../../src/github/repository.ts';
import { runEvent } from '../support/github.ts';

const file = { path: '.github/oomnitza-user-sync.yml', text: 'version: 1\nsync-keys: [email]\n' };

interface Tip {
  readonly text?: string | undefined;
  readonly failure?: Error;
  readonly branch?: string;
}


/** A repository whose default branch has this sync file, and what it was asked. */
function repository({ text, failure, branch = 'main' }: Tip): { readonly repository: Pick<Repository, 'defaultBranch' | 'textAt'>; readonly asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    repository: {
      defaultBranch: () => (failure === undefined ? Promise.resolve(branch) : Promise.reject(failure)),
      textAt: (...question) => {
        asked.push(question);
        return failure === undefined ? Promise.resolve(text) : Promise.reject(failure);
      },
    },
  };
}

async function auto(event: Partial<RunEvent>, tip: Tip = { text: file.text }): ReturnType<typeof resolveMode> {
  return await resolveMode('auto', runEvent(event), file, repository(tip).repository);
}

const applying = [
  ['schedule', 'refs/heads/main'],
  ['push', 'refs/heads/main'],
  ['workflow_dispatch', 'refs/heads/main'],
] as const;

describe('auto', () => {
  test.each(applying)('applies on %s of the default branch', async (name, ref) => {
    expect(await auto({ name, ref })).toEqual({
      mode: 'apply',
      because: `this is a ${name} run with the sync file of the branch main`,
      warning: false,
    });
  });

  test.each([
    ['push', 'refs/heads/feature'],
    ['push', 'refs/tags/main'],
    ['push', 'refs/heads/main-2'],
    ['workflow_dispatch', 'refs/heads/feature'],
    ['workflow_dispatch', 'refs/tags/v1'],
  ])('plans on %s of %s', async (name, ref) => {
    expect(await auto({ name, ref })).toEqual({ mode: 'plan', because: `${ref} is not the default branch`, warning: false });
  });

  test.each(['pull_request', 'pull_request_target', 'merge_group', 'workflow_run', 'issues', 'repository_dispatch', 'release', ''])(
    'plans on %s, even of the default branch',
    async (name) => {
      expect(await auto({ name })).toEqual({ mode: 'plan', because: `the event ${name} only plans`, warning: false });
    },
  );

  test.each(applying)('plans on %s where the default branch has another sync file by now', async (name, ref) => {
    const decision = await auto({ name, ref }, { text: `${file.text}# newer\n` });
    expect(decision).toEqual({ mode: 'plan', because: 'the branch main has another .github/oomnitza-user-sync.yml by now; to apply that one, start a new run from the branch', warning: true });
  });

  test.each(applying)('plans on %s where the default branch has no sync file any more', async (name, ref) => {
    expect(await auto({ name, ref }, { text: undefined })).toEqual({ mode: 'plan', because: 'the branch main has no .github/oomnitza-user-sync.yml', warning: true });
  });

  test.each([
    ['line ends', file.text.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${file.text}`],
  ])('does not mind %s', async (_what, text) => {
    expect(await auto({}, { text })).toMatchObject({ mode: 'apply', warning: false });
    const ours = { ...file, text };
    expect(await resolveMode('auto', runEvent({}), ours, repository({ text: file.text }).repository)).toMatchObject({ mode: 'apply', warning: false });
  });

  test('minds everything else', async () => {
    for (const text of [file.text.trimEnd(), ` ${file.text}`, file.text.toUpperCase(), '']) {
      expect(await auto({}, { text })).toMatchObject({ mode: 'plan', warning: true });
    }
  });

  test.each(applying)('applies on %s, with a warning, where GitHub cannot be asked', async (name, ref) => {
    const decision = await auto({ name, ref }, { failure: new Error('connect ECONNREFUSED') });
    expect(decision).toMatchObject({ mode: 'apply', warning: true, because: expect.stringContaining('(connect ECONNREFUSED)') });
  });

  test('asks for the name of the default branch where the event does not tell it', async () => {
    const { repository: asked, asked: questions } = repository({ text: file.text, branch: 'trunk' });
    expect(await resolveMode('auto', runEvent({ defaultBranch: undefined, ref: 'refs/heads/trunk' }), file, asked)).toMatchObject({ mode: 'apply' });
    expect(questions).toEqual([[file.path, 'trunk']]);
    expect(await auto({ defaultBranch: undefined, ref: 'refs/heads/main' }, { text: file.text, branch: 'trunk' })).toMatchObject({ mode: 'plan' });
  });

  test('looks at the default branch of a schedule, whatever its ref says', async () => {
    expect(await auto({ name: 'schedule', ref: '' })).toMatchObject({ mode: 'apply' });
  });

  test('ends with the run', async () => {
    const cancelled = new SyncError('cancelled', 'The run was cancelled.');
    await expect(auto({}, { failure: cancelled })).rejects.toBe(cancelled);
  });
});

test.each(['auto', 'plan', 'validate'] as const)('where neither side may be asked, %s checks the sync file alone', async (requested) => {
  const fork = runEvent({ name: 'pull_request_target', untrusted: 'a pull request from a fork' });
  expect(await resolveMode(requested, fork, file, repository({ failure: new Error('asked') }).repository)).toEqual({
    mode: 'validate',
    because: 'this is a pull request from a fork, of which the sync file alone is checked',
    warning: false,
  });
});

describe('a mode that is asked for', () => {
  test.each(['validate', 'plan'] as const)('is taken on every event: %s', async (mode) => {
    for (const name of ['schedule', 'push', 'workflow_dispatch', 'pull_request', 'pull_request_target', 'merge_group', '']) {
      const { repository: untouched, asked } = repository({ failure: new Error('asked') });
      expect(await resolveMode(mode, runEvent({ name }), file, untouched)).toEqual({ mode, because: '', warning: false });
      expect(asked).toEqual([]);
    }
  });

  test.each(['schedule', 'push', 'workflow_dispatch', 'workflow_run', 'repository_dispatch', ''])('may be apply on %s, of whatever branch', async (name) => {
    const { repository: untouched } = repository({ failure: new Error('asked') });
    expect(await resolveMode('apply', runEvent({ name, ref: 'refs/heads/feature' }), file, untouched)).toEqual({ mode: 'apply', because: '', warning: false });
  });

  test.each(['pull_request', 'pull_request_review', 'merge_group'])('may not be apply on %s', (name) => {
    const proposal = { pullRequest: 7, base: undefined, headSha: undefined, commit: undefined };
    expect(() => { refuseApply('apply', runEvent({ name, proposal })); }).toThrow(
      expect.objectContaining({ reason: 'invalid-input', message: expect.stringContaining(name), hint: expect.stringContaining('mode: auto') }),
    );
  });
});
