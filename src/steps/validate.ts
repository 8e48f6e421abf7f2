import { usableRules, type SyncFile } from '../config/index.ts';
import { SyncError } from '../errors.ts';
import type { Inputs } from '../inputs.ts';
import { probe, readFields } from '../oomnitza/index.ts';
import { toMicrosoft, toOomnitza } from './connect.ts';
import { leftOutSentences } from './left-out.ts';
import type { Run } from './run.ts';

/** Either of them lets the application read all users. */
const readingRoles = ['User.Read.All', 'Directory.Read.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'];

/**
 * Checks what can be checked without reading anybody: the sync file, and with credentials the connections and what they
 * are allowed to do.
 *
 * @throws SyncError for the first thing that is wrong
 */
export async function validate(run: Run, inputs: Inputs, syncFile: SyncFile, onSecret: (secret: string) => void): Promise<void> {
  run.checks.push({ name: 'Sync file', detail: `${syncFile.rules.length} fields are mapped, nothing is wrong` });
  if (inputs.microsoft === undefined) run.notice('Microsoft was not asked, as no credentials for it are given.');
  else await validateMicrosoft(run, inputs, onSecret);
  if (inputs.oomnitza === undefined) run.notice('Oomnitza was not asked, as no credentials for it are given.');
  else await validateOomnitza(run, inputs, syncFile);
}

async function validateMicrosoft(run: Run, inputs: Inputs, onSecret: (secret: string) => void): Promise<void> {
  const { token } = await toMicrosoft({ inputs, signal: run.signal, run }, onSecret);
  const roles = rolesOf(await token());
  if (roles !== undefined && !roles.some((role) => readingRoles.includes(role))) {
    const granted = roles.length === 0 ? 'no application permission at all' : `only ${roles.join(', ')}`;
    throw new SyncError('permission', `The app registration may not read users: it has ${granted}.`, {
      hint: 'Give it the application permission User.Read.All of Microsoft Graph and grant admin consent for it.',
    });
  }
  const detail = roles === undefined ? 'sign-in works' : `sign-in works, users may be read (${roles.filter((role) => readingRoles.includes(role)).join(', ')})`;
  run.checks.push({ name: 'Microsoft Entra', detail });
}

/**
 * The application permissions in an access token. Graph's tokens are meant for Graph alone, so one that cannot be read
 * proves nothing.
 */
function rolesOf(token: string): readonly string[] | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const roles: unknown = Reflect.get(Object(claims), 'roles') ?? [];
    return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : undefined;
  } catch {
    return undefined;
  }
}

async function validateOomnitza(run: Run, inputs: Inputs, syncFile: SyncFile): Promise<void> {
  const oomnitza = toOomnitza({ inputs, signal: run.signal, run });
  await probe(oomnitza);
  run.checks.push({ name: 'Oomnitza', detail: 'the instance answers and accepts the token' });
  const fields = await readFields(oomnitza);
  if (fields === undefined) {
    run.notice('This Oomnitza instance does not tell which fields it has, so the sync file was not checked against them.');
    return;
  }
  const found = usableRules(syncFile, fields, inputs.ignoreMetaRestriction);
  for (const sentence of leftOutSentences(found)) run.notice(sentence);
  run.checks.push({ name: 'Fields', detail: `the instance takes ${found.columns.length} of the ${syncFile.rules.length} mapped fields` });
}
