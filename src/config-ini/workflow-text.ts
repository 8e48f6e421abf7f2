import type { Connection } from './connection.ts';
import type { Kept } from './kept.ts';
import { keptLines } from './sync-file-text.ts';
import { comment, flow } from '../yaml-text.ts';

interface Workflow {
  /** Of the section, in words that may be shown. */
  readonly title: string;
  /** Beginning of the names of both files. */
  readonly stem: string;
  /** Where the sync file is to lie in the repository. */
  readonly syncFile: string;
  /** How many workflows were made before this one. */
  readonly index: number;
  readonly connection: Connection;
  readonly kept: readonly Kept[];
}

/** Whether a run only looks at what is proposed. */
const isProposed = `contains(fromJSON('["pull_request", "merge_group"]'), github.event_name)`;

/** The workflow that runs the sync file of a section. */
export function workflowText({ title, stem, syncFile, index, connection, kept }: Workflow): string {
  const inputs = [['sync-file', syncFile] as const, ...connection.inputs];
  return `${[
    ...comment(`Made from ${title} of a config.ini of the vendor's connector. Put it at .github/workflows/${stem}.yml, and the sync file at ${syncFile}.`),
    ...comment(`Repository secrets to create: ${connection.secrets.map(({ name }) => name).join(', ')}.`),
    ...(connection.variables.length === 0 ? [] : comment(`Repository variables to create: ${connection.variables.map(({ name }) => name).join(', ')}.`)),
    `name: Oomnitza user sync (${stem})`,
    '',
    'on:',
    '  schedule:',
    ...comment('An hour of its own for each section: of runs that wait for one another GitHub keeps only the last.', '    '),
    `    - cron: '17 ${(5 + index) % 24} * * *'`,
    '  workflow_dispatch:',
    '    inputs:',
    '      mode:',
    '        description: What to do',
    '        type: choice',
    '        options: [plan, apply]',
    '        default: plan',
    ...comment('Without `paths`: a required check that is filtered out would keep the pull request waiting for ever.', '  '),
    '  pull_request:',
    ...comment('The merge queue, where there is one.', '  '),
    '  merge_group:',
    '',
    'permissions:',
    '  contents: read',
    ...comment('To comment on pull requests.', '  '),
    '  pull-requests: write',
    '',
    ...comment('One group for all syncs of an instance: two at once would plan on each other’s half-written records. Pull requests and the merge queue write nothing, and have groups of their own.'),
    'concurrency:',
    `  group: \${{ ${isProposed} && format('oomnitza-user-sync-${stem}-{0}', github.ref) || 'oomnitza-user-sync' }}`,
    `  cancel-in-progress: \${{ ${isProposed} }}`,
    '',
    'jobs:',
    '  sync:',
    ...comment('The name of the check on what is proposed, which a run by hand on the same branch must not have: somebody may require it.', '    '),
    `    name: \${{ ${isProposed} && 'oomnitza-plan (${stem})' || 'sync' }}`,
    '    runs-on: ubuntu-latest',
    '    timeout-minutes: 60',
    '    steps:',
    '      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0',
    '        with:',
    '          persist-credentials: false',
    '      - uses: your-organization/oomnitza-user-sync@v1',
    '        with:',
    "          mode: ${{ inputs.mode || 'auto' }}",
    ...inputs.map(([name, value]) => `          ${name}: ${value.startsWith('${{') ? value : flow(value)}`),
    ...keptLines(kept),
  ].join('\n')}\n`;
}
