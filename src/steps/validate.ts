import { filterWarning, usableRules, withFieldNames, type SyncFile } from '../config/index.ts';
import { lackingOf, lackingPermissions, needsOf } from '../directory/index.ts';
import { annotateWarning } from '../github/index.ts';
import type { Inputs } from '../inputs/index.ts';
import { compileMapping } from '../mapping/index.ts';
import { probe, readFields } from '../oomnitza/index.ts';
import { toMicrosoft, toOomnitza } from './connect.ts';
import { directoryQuery } from './directory-query.ts';
import { leftOutSentences } from './left-out.ts';
import { locate } from './locate.ts';
import type { Run } from './run.ts';
import { checkApplication } from './saas.ts';

/**
 * Checks what can be checked without reading anybody: the sync file, and with credentials the connections and what they
 * are allowed to do.
 *
 * @throws SyncError for the first thing that is wrong
 */
export async function validate(run: Run, inputs: Inputs, syncFile: SyncFile, onSecret: (secret: string) => void): Promise<void> {
  run.checks.push({ name: 'Sync file', detail: `${syncFile.rules.length} fields are mapped, nothing is wrong` });
  const warned = filterWarning(syncFile);
  if (warned !== undefined) {
    annotateWarning(run.syncFile ?? inputs.syncFile, warned);
    run.notices.push(`Line ${warned.position.line} of the sync file: ${warned.message} ${warned.hint ?? ''}`);
  }
  if (run.event?.untrusted !== undefined) return;
  if (inputs.microsoft === undefined) run.notice('Microsoft was not asked, as no credentials for it are given.');
  else await validateMicrosoft(run, inputs, syncFile, onSecret);
  if (inputs.oomnitza === undefined) run.notice('Oomnitza was not asked, as no credentials for it are given.');
  else await validateOomnitza(run, inputs, syncFile, onSecret);
}

async function validateMicrosoft(run: Run, inputs: Inputs, syncFile: SyncFile, onSecret: (secret: string) => void): Promise<void> {
  const { graph } = toMicrosoft({ inputs, signal: run.signal, run }, onSecret);
  const granted = await graph.roles();
  const needs = needsOf(directoryQuery(syncFile, compileMapping(syncFile)));
  const lacking = granted === undefined ? [] : lackingOf(needs, granted);
  if (granted !== undefined && lacking.length > 0) throw lackingPermissions(lacking, granted);
  const used = granted?.filter((role) => needs.some(({ permission, instead }) => [permission, ...instead].includes(role)));
  const detail = used === undefined ? 'sign-in works' : `sign-in works, and everything that the sync file asks for may be read (${used.join(', ')})`;
  run.checks.push({ name: 'Microsoft Entra', detail });
}

async function validateOomnitza(run: Run, inputs: Inputs, syncFile: SyncFile, onSecret: (secret: string) => void): Promise<void> {
  const oomnitza = toOomnitza({ inputs, signal: run.signal, run }, onSecret);
  await probe(oomnitza);
  run.checks.push({ name: 'Oomnitza', detail: 'the instance answers and accepts the token' });
  const located = await locate(oomnitza, syncFile);
  await checkApplication(run, oomnitza, syncFile);
  const fields = await readFields(oomnitza);
  if (fields === undefined) {
    run.notice('This Oomnitza instance does not tell which fields it has, so the sync file was not checked against them.');
    return;
  }
  const found = usableRules(withFieldNames(located, fields), fields, inputs.ignoreMetaRestriction);
  for (const sentence of leftOutSentences(found)) run.notice(sentence);
  run.checks.push({ name: 'Fields', detail: `the instance takes ${found.columns.length} of the ${syncFile.rules.length} mapped fields` });
}
