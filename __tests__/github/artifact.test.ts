import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzip, type Sandbox } from '../../sandbox/index.ts';
import { artifactName, type ArtifactUpload } from '../../src/github/artifact.ts';
import { uploadArtifact } from '../../src/github/index.ts';
import { captureLog, setEnvironment } from '../support/github.ts';
import { trustedSandbox } from '../support/sandbox.ts';

describe('the name', () => {
  test.each([
    ['.github/oomnitza-user-sync.yml', '1', 'people-oomnitza-user-sync-1'],
    ['sync/emea.test.yaml', '3', 'people-emea.test-3'],
    ['no-extension', '1', 'people-no-extension-1'],
    ['.github/a:b<c>"d|e*f?g.yml', '1', 'people-a_b_c__d_e_f_g-1'],
    ['.github/##[error]x.yml', '1', 'people-#__error]x-1'],
    ['back\\slash\n.yml', '1', 'people-back_slash_-1'],
    ['safe\u202Elmy.exe\u001b[31m\u2066x\u2028y.yml', '1', 'people-safe_lmy.exe_[31m_x_y-1'],
  ])('has the sync file and the attempt in it: %j', (syncFile, attempt, name) => {
    expect(artifactName({ name: 'people', syncFile, attempt })).toBe(name);
  });
});

describe('an upload', () => {
  let sandbox: Sandbox;
  let upload: ArtifactUpload;
  let restore: () => void;
  beforeAll(async () => {
    sandbox = await trustedSandbox({ people: 1 });
    const files = [join(sandbox.directory, 'changes.csv'), join(sandbox.directory, 'plan.json')] as const;
    for (const file of files) await writeFile(file, `content of ${file}`);
    upload = { name: 'people', syncFile: 'sync.yml', attempt: '1', files: [...files], retentionDays: undefined, onGitHubCom: true, timeoutMs: 60_000, signal: new AbortController().signal };
  });
  beforeEach(() => {
    captureLog();
    const { runtimeToken } = sandbox.github.startRun();
    restore = setEnvironment({ GITHUB_SERVER_URL: 'https://github.com', ACTIONS_RESULTS_URL: `${sandbox.urls.github}/`, ACTIONS_RUNTIME_TOKEN: runtimeToken });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    restore();
    sandbox.faults.clear();
  });
  afterAll(async () => {
    await sandbox.close();
  });

  test('keeps the files with the run, and gives the id', async () => {
    const id = await uploadArtifact(upload);
    const kept = sandbox.github.artifact('people-sync-1');
    expect(String(kept?.id)).toBe(id);
    expect(kept?.expiresAt).toBeNull();
    const contents = unzip(kept?.content ?? Buffer.alloc(0));
    expect(Object.fromEntries([...contents].map(([name, content]) => [name, String(content)]))).toEqual({
      'changes.csv': `content of ${upload.files[0]}`,
      'plan.json': `content of ${String(upload.files[1])}`,
    });
  });

  test('asks for the days that the user wants', async () => {
    await uploadArtifact({ ...upload, retentionDays: 3 });
    const days = (Date.parse(sandbox.github.artifact('people-sync-1')?.expiresAt ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(3);
  });

  test('of a name that the run has used fails', async () => {
    await uploadArtifact(upload);
    await expect(uploadArtifact(upload)).rejects.toThrow('the run has an artifact people-sync-1 already; give each step, and each sync file of that name, an `artifact-name` of its own');
  });

  test('that takes too long is given up', async () => {
    sandbox.faults.add({ service: 'github', hang: true, times: Infinity });
    await expect(uploadArtifact({ ...upload, timeoutMs: 100 })).rejects.toThrow('it took longer than 0.1 s');
  });

  test('is given up when the run has to end', async () => {
    sandbox.faults.add({ service: 'github', hang: true, times: Infinity });
    const run = new AbortController();
    const uploading = uploadArtifact({ ...upload, signal: run.signal });
    run.abort();
    await expect(uploading).rejects.toThrow('the run had to end');
  });

  test('fails outside GitHub', async () => {
    restore();
    restore = setEnvironment({ ACTIONS_RESULTS_URL: undefined, ACTIONS_RUNTIME_TOKEN: undefined });
    await expect(uploadArtifact(upload)).rejects.toThrow('ACTIONS_RUNTIME_TOKEN');
  });

  test('fails on GitHub Enterprise Server', async () => {
    await expect(uploadArtifact({ ...upload, onGitHubCom: false })).rejects.toThrow('GitHub Enterprise Server');
  });
});
