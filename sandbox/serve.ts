import { writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox } from './index.ts';
import { inputVariables, readInputDefaults } from './runner/action-inputs.ts';
import { MINIMAL_SYNC_FILE, SYNC_FILE, writeFiles } from './runner/workspace.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '2000' },
    latency: { type: 'string', default: '50' },
    seed: { type: 'string', default: '20260101' },
  },
});

function wholeNumber(name: keyof typeof values): number {
  if (!/^\d+$/.test(values[name])) throw new Error(`--${name} takes a whole number, not ${values[name]}`);
  return Number(values[name]);
}

const repository = resolve(import.meta.dirname, '..');
const sandbox = await startSandbox({
  people: wholeNumber('people'),
  latencyMs: wholeNumber('latency'),
  seed: wholeNumber('seed'),
  conflicts: 3,
  skips: 5,
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());

const workspace = join(sandbox.directory, 'workspace');
writeFiles(workspace, { [SYNC_FILE]: MINIMAL_SYNC_FILE });
const files = { GITHUB_OUTPUT: 'outputs.txt', GITHUB_STEP_SUMMARY: 'summary.md' };
for (const name of Object.values(files)) writeFileSync(join(sandbox.directory, name), '');
const variables = {
  ...inputVariables(readInputDefaults(join(repository, 'action.yml')), sandbox.inputs({ mode: 'plan' }), sandbox.github.token),
  ...sandbox.environment(),
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_EVENT_NAME: 'workflow_dispatch',
  GITHUB_REPOSITORY: sandbox.github.fullName,
  GITHUB_REF: 'refs/heads/main',
  GITHUB_WORKSPACE: workspace,
  GITHUB_ACTION: 'sync',
  RUNNER_TEMP: sandbox.directory,
  ...Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(sandbox.directory, file)])),
};

const inputs = Object.entries(sandbox.inputs()).map(([name, value]) => `  ${name}: ${value}`);
const assignments = Object.entries(variables).map(([name, value]) => `  '${name}=${value}' \\`);
console.log(`The sandbox is up: ${sandbox.tenant.users.size} people, ${sandbox.instance.records.size} Oomnitza records.

Inputs:
${inputs.join('\n')}

To trust its certificate:
  export NODE_EXTRA_CA_CERTS=${sandbox.caFile}

To run the action against it (any option of it is one of the variables; the summary goes to ${files.GITHUB_STEP_SUMMARY} in
${sandbox.directory}):
env \\
${assignments.join('\n')}
  ${join(relative('.', repository), 'node_modules', '.bin', 'node')} ${join(relative('.', repository), 'dist', 'index.js')}

Ctrl-C ends it.`);
