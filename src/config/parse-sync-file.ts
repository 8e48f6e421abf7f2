import type { Problem } from '../errors.ts';
import { buildSyncFile } from './build-sync-file.ts';
import { identityProblems } from './identity-checks.ts';
import { invalidSyncFile } from './invalid-sync-file.ts';
import { leaverProblems } from './leaver-checks.ts';
import { mappingProblems } from './mapping-checks.ts';
import { readYaml } from './read-yaml.ts';
import { saasProblems } from './saas-checks.ts';
import { schemaProblems } from './schema-problems.ts';
import { syncFileSchema } from './schema.ts';
import { sourceProblems } from './source-checks.ts';
import { swallowedText } from './swallowed-text.ts';
import type { SyncFile } from './sync-file.ts';
import { plainValueOf, type YamlNode } from './yaml-node.ts';

/**
 * Reads the text of a sync file and checks all that needs no network.
 *
 * @throws SyncError `invalid-sync-file` with everything that is wrong, in the order of the file
 */
export function parseSyncFile(text: string): SyncFile {
  const { root, problems } = readYaml(text.replace(/^\uFEFF/, ''));
  if (root === undefined) throw invalidSyncFile(problems);
  if (root === null || isBlank(root)) throw invalidSyncFile([empty]);
  const parsed = syncFileSchema.safeParse(plainValueOf(root));
  const syncFile = parsed.success ? buildSyncFile(root, parsed.data) : undefined;
  const found = [
    ...problems,
    ...schemaProblems(root, parsed.error?.issues ?? []),
    ...mappingProblems(root),
    ...saasProblems(root),
    ...swallowedText(root),
    ...identityProblems(root),
    ...(syncFile === undefined ? [] : [...sourceProblems(syncFile), ...leaverProblems(syncFile)]),
  ];
  if (syncFile === undefined || found.length > 0) throw invalidSyncFile(found);
  return syncFile;
}

const empty: Problem = {
  message: 'The sync file is empty.',
  hint: 'The smallest sync file is the two lines `version: 1` and `sync-keys: [email]`.',
  position: { line: 1, column: 1 },
};

function isBlank(root: YamlNode): boolean {
  return root.kind === 'scalar' && root.value === null;
}
