import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { COMMITS, CREDENTIALS, startSandbox, unzip, type Sandbox } from '../../sandbox/index.ts';
import { runAction, type RunResult } from '../../sandbox/runner.ts';
import type { RunEvent } from '../../sandbox/runner/event.ts';
import { compileCache } from '../support/compile-cache.ts';

const root = resolve(import.meta.dirname, '../..');
const SYNC_FILE = '.github/oomnitza-user-sync.yml';
const WORKFLOW = '.github/workflows/oomnitza-user-sync.yml';
const bash = promisify(execFile);

const workflowSchema = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.object({ sync: z.object({ steps: z.array(z.object({ uses: z.string(), with: z.record(z.string(), z.unknown()).optional() })) }) }),
});
const commandSchema = z.object({ program: z.string(), words: z.array(z.string()), folder: z.string() });

/** What the guide's commands do: the clouds behind `az` and `gh` are the sandbox, `git` is real. */
class Walk {
  readonly runs: RunResult[] = [];
  readonly #sandbox: Sandbox;
  readonly #variables = new Map<string, string>();
  /** Runs go on by themselves. */
  #started: Promise<void> = Promise.resolve();
  readonly #appId = '7c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f';

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  async carryOut(program: string, words: readonly string[], folder: string): Promise<string> {
    const { tenant, github } = this.#sandbox;
    const option = (name: string): string => words[words.indexOf(`--${name}`) + 1] ?? '';
    const command = [program, ...words.slice(0, words.findIndex((word) => word.startsWith('--')) >>> 0)].join(' ');
    switch (command) {
      case 'az ad app create':
        tenant.registerApp(this.#appId, 'a secret that nobody has');
        return this.#appId;
      case 'az ad sp create':
      case 'az ad app permission add':
        return '';
      case 'az ad app permission admin-consent':
        tenant.app(option('id')).appRoles.add('User.Read.All');
        return '';
      case 'az ad app federated-credential create': {
        const { issuer, subject, audiences } = z.object({ issuer: z.string(), subject: z.string(), audiences: z.array(z.string()) }).parse(JSON.parse(option('parameters')));
        tenant.app(option('id')).federatedCredentials.push({ issuer, subject, audience: audiences[0] ?? '' });
        return '';
      }
      case 'az account show':
        return tenant.tenantId;
      case 'gh repo view':
        return option('jq') === '.nameWithOwner' ? github.fullName : github.repository.defaultBranch;
      case `gh api repos/${github.fullName}`:
        // What the query makes of the repository.
        return `repo:${github.repository.owner}@${github.repository.ownerId}/${github.repository.name}@${github.repository.id}`;
      case 'gh variable set ENTRA_TENANT_ID':
      case 'gh variable set ENTRA_CLIENT_ID':
        this.#variables.set(`vars.${words[2] ?? ''}`, option('body'));
        return '';
      case 'gh secret set OOMNITZA_API_TOKEN':
        this.#variables.set('secrets.OOMNITZA_API_TOKEN', CREDENTIALS.apiToken);
        return '';
      case 'gh workflow run oomnitza-user-sync.yml':
        this.#started = this.#run(folder, 'origin/main', { name: 'workflow_dispatch' }, option('field').replace('mode=', ''));
        return '';
      case 'gh run list':
        return '4711';
      case 'gh run watch 4711':
        await this.#started;
        return '';
      case 'gh run download 4711': {
        const artifact = github.artifact(option('name'));
        for (const [name, content] of unzip(artifact?.content ?? Buffer.alloc(0))) writeFileSync(join(folder, name), content);
        return '';
      }
      case 'gh pr create':
        github.parents.set(COMMITS.run, [COMMITS.base]);
        await this.#run(folder, 'HEAD', { name: 'pull_request' }, '');
        return '';
      case 'gh pr merge': {
        await bash('git', ['push', '--quiet', 'origin', 'HEAD:main'], { cwd: folder });
        await bash('git', ['fetch', '--quiet'], { cwd: folder });
        github.commit('main', { [SYNC_FILE]: readFileSync(join(folder, SYNC_FILE), 'utf8') });
        return '';
      }
      default:
        throw new Error(`nobody knows what this does: ${command}`);
    }
  }

  /** A job of the workflow as it is at this commit. */
  async #run(folder: string, commit: string, event: RunEvent, mode: string): Promise<void> {
    const at = async (path: string): Promise<string | undefined> => {
      try {
        return (await bash('git', ['show', `${commit}:${path}`], { cwd: folder })).stdout;
      } catch {
        return undefined;
      }
    };
    const { permissions, jobs } = workflowSchema.parse(parse((await at(WORKFLOW)) ?? ''));
    const github = this.#sandbox.github;
    github.permissions.clear();
    github.permissions.add('metadata');
    if ('contents' in permissions) github.permissions.add('contents');
    for (const name of ['id-token', 'pull-requests'] as const) if (permissions[name] === 'write') github.permissions.add(name);
    const step = jobs.sync.steps.find(({ uses }) => uses.includes('/oomnitza-user-sync@'));
    const evaluated = Object.entries(step?.with ?? {}).map(([name, value]) => [name, this.#evaluate(String(value), mode)] as const);
    const { 'authority-host': authorityHost = '', 'graph-url': graphUrl = '', 'oomnitza-url': oomnitzaUrl = '' } = this.#sandbox.inputs();
    const inputs = { 'client-secret': '', ...Object.fromEntries(evaluated), 'authority-host': authorityHost, 'graph-url': graphUrl, 'oomnitza-url': oomnitzaUrl };
    const syncFile = await at(SYNC_FILE);
    this.runs.push(await runAction({ sandbox: this.#sandbox, event, inputs, syncFile: syncFile ?? null, env: compileCache }));
  }

  #evaluate(value: string, mode: string): string {
    return value.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_whole, expression: string) => {
      if (expression === "inputs.mode || 'auto'") return mode || 'auto';
      const known = this.#variables.get(expression);
      if (known === undefined) throw new Error(`the guide has not set ${expression}`);
      return known;
    });
  }
}

test('the commands of the guide lead from nothing to a reviewed first sync', async () => {
  const sandbox = await startSandbox({ people: 60, oomnitzaCoverage: 0.9, difference: 0.1 });
  sandbox.github.oidc.idsInSubjects = true;
  const walk = new Walk(sandbox);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { program, words, folder } = commandSchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
      walk.carryOut(program, words, folder).then(
        (answer) => response.end(`${answer}\n`),
        (thrown: unknown) => response.writeHead(500).end(String(thrown)),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  try {
    const folder = join(sandbox.directory, 'clone');
    const programs = join(sandbox.directory, 'programs');
    mkdirSync(programs);
    writeFileSync(join(programs, 'package.json'), '{"type":"module"}');
    writeFileSync(join(programs, 'sleep'), '#!/bin/sh\n');
    chmodSync(join(programs, 'sleep'), 0o755);
    for (const name of ['az', 'gh']) {
      writeFileSync(join(programs, name), `#!/bin/sh\nexec '${process.execPath}' '${join(programs, `${name}.ts`)}' "$@"\n`);
      chmodSync(join(programs, name), 0o755);
      copyFileSync(join(import.meta.dirname, 'stand-in.ts'), join(programs, `${name}.ts`));
    }
    const env = {
      PATH: [programs, process.env['PATH'] ?? ''].join(delimiter),
      HOME: sandbox.directory,
      ...compileCache,
      GUIDE_COMMANDS: `http://127.0.0.1:${address.port}/`,
      ...Object.fromEntries(['AUTHOR', 'COMMITTER'].flatMap((who) => [[`GIT_${who}_NAME`, 'Ada'], [`GIT_${who}_EMAIL`, 'ada@example.com']])),
    };
    const origin = join(sandbox.directory, 'origin.git');
    await bash('git', ['init', '--quiet', '--bare', '--initial-branch=main', origin], { env });
    await bash('bash', ['-ec', `git clone --quiet '${origin}' '${folder}' 2>/dev/null; cd '${folder}'; git switch --quiet --create main; git commit --quiet --allow-empty --message Begin; git push --quiet origin main`], { env });

    const guide = readFileSync(join(root, 'docs/getting-started.md'), 'utf8');
    const script: string[] = ['set -euo pipefail'];
    for (const [, language, text = ''] of guide.matchAll(/^```(\w+)\n([^]*?)^```$/gm)) {
      if (language === 'sh') script.push(text);
      else if (language === 'yaml') script.push(`mkdir --parents ${dirname(WORKFLOW)}; cat > ${WORKFLOW} <<'END'\n${text}END`);
    }
    await bash('bash', ['-c', script.join('\n')], { cwd: folder, env, timeout: 200_000 }).catch((thrown: unknown) => {
      throw new Error(String(Reflect.get(Object(thrown), 'stderr')));
    });

    const { runs } = walk;
    expect(runs.map(({ exitCode, outputs }) => `${String(exitCode)} ${outputs['mode'] ?? ''} ${outputs['failure-reason'] ?? ''}`.trim())).toEqual(['0 suggest', '0 plan', '0 plan', '0 apply', '0 plan']);
    const [, proposed, planned, applied, again] = runs;
    expect(sandbox.github.comments).toMatchObject([{ body: expect.stringContaining('people would be created') }]);
    expect(planned?.outputs['plan-digest']).toBe(proposed?.outputs['plan-digest']);
    expect(applied?.outputs).toMatchObject({ 'plan-digest': planned?.outputs['plan-digest'], 'has-changes': 'true', 'fail-count': '0' });
    expect(again?.outputs['has-changes']).toBe('false');
    const owners = sandbox.instance.records.values().map((record) => record['entra_object_id']).filter((id) => typeof id === 'string' && id !== '').toArray();
    expect(owners).toHaveLength(Number(again?.outputs['unchanged-count']));
  } finally {
    server.close();
    await sandbox.close();
  }
});
