import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { applyPlan, type Applied } from '../src/apply/index.ts';
import { asSyncError, SyncError } from '../src/errors.ts';
import { isEmpty } from '../src/field-value.ts';
import { createHttp, httpDefaults, settleProxy, transportAs } from '../src/http/index.ts';
import { fittingOf, type InstanceField } from '../src/instance-field/index.ts';
import { apiToken, connectOomnitza, createCarefulWriter, probe, readFields, readRecords, tokenByPassword, type Oomnitza } from '../src/oomnitza/index.ts';
import { parsePlanFile, type FileChange } from '../src/plan-file/index.ts';
import { writeOrder, type Plan } from '../src/plan/index.ts';
import { forTerminal, renderPlanJson } from '../src/report/index.ts';
import { revealed } from '../src/reserved.ts';
import { keyIn, planRollback, rollbackTable, type FormOf, type RecordNow, type Rollback, type RollbackRow } from '../src/rollback/index.ts';
import { Secrets } from '../src/secrets.ts';
import { Interruption } from '../src/steps/interruption.ts';
import { namingVariables, oomnitzaInEnvironment } from './oomnitza-environment.ts';

/* Takes back what a plan.json says was applied: npm run rollback -- <plan.json> */

const usage = `npm run rollback -- <plan.json> [options]

Takes back what the plan.json of a run says was applied: fields get the values that they had before, where they still hold
what the run wrote; suspended people are let in again, restored ones are suspended again. People who were created are
listed, since Oomnitza's API cannot delete them. It shows what it would do, and asks before it writes.

  --yes                      writes without asking; needed where there is no terminal to ask on
  --report <file>            where to write the report, in the shape of a plan.json that can be rolled back itself;
                             without it, rollback-plan.json beside the plan
  --ignore-meta-restriction  lets fields be written that Oomnitza marks as not editable
  --help                     shows this

Environment:
  OOMNITZA_URL                 https://<instance>.oomnitza.com
  OOMNITZA_API_TOKEN           of a user who may edit people; or in its place OOMNITZA_USERNAME and OOMNITZA_PASSWORD
  OOMNITZA_CLIENT_CERTIFICATE  where the instance demands one: PEM text with the private key and its certificate`;

const concurrency = 4;

interface Options {
  readonly path: string;
  readonly yes: boolean;
  readonly report: string | undefined;
  readonly ignoreMetaRestriction: boolean;
}

/** An instance as it is reached for reading and for writing: one that reads ends at once when it is interrupted. */
interface Connections {
  readonly reading: Oomnitza;
  readonly writing: Oomnitza;
}

const interruption = new Interruption(({ message }) => { say(`${message} Nothing new is written.`); });
const secrets = new Secrets();
try {
  const options = optionsGiven();
  if (options === undefined) console.log(usage);
  else await rollBack(options);
} catch (thrown) {
  complain(asSyncError(thrown));
} finally {
  interruption.close();
}

async function rollBack(options: Options): Promise<void> {
  const { changes } = parsePlanFile(textOf(options.path), 'The file');
  const connections = connect(options);
  const fields = await describedFields(connections.reading);
  const rollback = planRollback(changes, await recordsNow(connections.reading, changes, formIn(fields)), formIn(fields));
  if (rollback.others > 0) {
    print(rollback.rows.filter(({ isOther }) => isOther));
    throw new SyncError('invalid-input', `Nothing was written: ${counted(rollback.others, 'record')} with the id of a change belong to another person.`, {
      hint: 'Give as OOMNITZA_URL the instance of that run. If it is that, somebody changed those sync keys since: give them back by hand first.',
    });
  }
  show(rollback);
  if (rollback.plan.entries.length === 0 || !(await isAgreed(options))) return;
  const report = newReport(options, renderPlanJson(rollback.plan, new Map()).toArray().join(''));
  const applied = told(await write(connections.writing, rollback.plan, fields));
  tell(applied);
  writeFileSync(report, renderPlanJson(rollback.plan, applied.results).toArray().join(''));
  say(`Report: ${report}`);
}

function optionsGiven(): Options | undefined {
  const boolean = { type: 'boolean', default: false } as const;
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { yes: boolean, report: { type: 'string' }, 'ignore-meta-restriction': boolean, help: boolean },
    });
    if (values.help) return undefined;
    const [path] = positionals;
    if (path !== undefined && positionals.length === 1) return { path, yes: values.yes, report: values.report, ignoreMetaRestriction: values['ignore-meta-restriction'] };
  } catch (thrown) {
    throw new SyncError('invalid-input', thrown instanceof Error ? thrown.message : String(thrown), { hint: `Usage: ${usage}`, cause: thrown });
  }
  throw new SyncError('invalid-input', 'It takes one plan.json.', { hint: `Usage: ${usage}` });
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    throw new SyncError('invalid-input', `${path} cannot be read (${String(Reflect.get(Object(thrown), 'code'))}).`, { cause: thrown });
  }
}

function connect({ ignoreMetaRestriction }: Options): Connections {
  const onSecret = (secret: string): void => { secrets.add(secret); };
  const { url, signIn, certificate } = oomnitzaInEnvironment(process.env, onSecret);
  settleProxy(process.env, onSecret);
  const options = { ...httpDefaults, transport: transportAs(certificate, concurrency), concurrency, beginUntil: interruption.signal, redact: secrets.redact, onRetry: say };
  const until = (signal: AbortSignal): Oomnitza => {
    const http = createHttp({ ...options, signal });
    const token = signIn.kind === 'token' ? apiToken(signIn.token) : tokenByPassword({ url, ...signIn, onSecret }, http);
    return connectOomnitza({ url, token, ignoreMetaRestriction, onSecret }, http);
  };
  return { reading: until(interruption.signal), writing: until(interruption.stop) };
}

async function describedFields(oomnitza: Oomnitza): Promise<ReadonlyMap<string, InstanceField>> {
  await probe(oomnitza);
  return (await readFields(oomnitza)) ?? new Map<string, InstanceField>();
}

/** The form in which plans have the values of these fields. */
function formIn(described: ReadonlyMap<string, InstanceField>): FormOf {
  const fittings = new Map(Array.from(described, ([name, field]) => [name, fittingOf(field)]));
  return (field, value) => (isEmpty(value) ? value : (fittings.get(field)?.canonical?.(value) ?? value));
}

/** Reads the people of the instance with the fields that were written, in the form in which plans have their values. */
async function recordsNow(oomnitza: Oomnitza, changes: readonly FileChange[], formOf: FormOf): Promise<(userId: string) => RecordNow | undefined> {
  const fields = [...new Set(changes.flatMap((change) => [...change.fields, keyIn(change.syncKey) ?? []].flat().map(({ field }) => field)))];
  const { records } = await readRecords(oomnitza, { fields, concurrency, onProgress: () => undefined, notice: say });
  const byId = new Map(records.map((record) => [record.userId, record]));
  return (userId) => {
    const record = byId.get(userId);
    return record && { ...record, read: (field) => formOf(field, record.values[fields.indexOf(field)] ?? null) };
  };
}

function print(rows: readonly RollbackRow[]): void {
  if (rows.length > 0) for (const line of rollbackTable(rows)) console.log(line);
}

function show({ plan, rows, created, found, failed }: Rollback): void {
  print(rows);
  for (const person of created) say(`Created, and left as it is: ${person}`);
  if (created.length > 0) say('Oomnitza’s API knows no way to delete people: archive by hand those who should not be there.');
  if (found > 0) say(`Updates that failed in that run, though their records hold all that it sent: ${found}. They are taken back like the others.`);
  if (failed > 0) say(`Other changes that failed in that run, and are left: ${failed}. Its changes.csv says of which it is unknown whether they were written.`);
  const values = plan.entries.reduce((sum, { fields }) => sum + fields.length, 0);
  say(values === 0 ? 'There is nothing to roll back.' : `To roll back: ${values} of ${counted(rows.length, 'value')}, in ${counted(plan.entries.length, 'change')}.`);
}

async function isAgreed({ yes }: Options): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    say('Nothing was written, since there is no terminal to ask on. With --yes this is written.');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await new Promise<string>((resolve) => {
    // Also by Ctrl-C, which says no.
    terminal.on('close', () => { resolve(''); });
    terminal.question('Write this to Oomnitza? Type yes: ', resolve);
  });
  terminal.close();
  if (answer.trim() !== 'yes') say('Nothing was written.');
  return answer.trim() === 'yes';
}

async function write(oomnitza: Oomnitza, plan: Plan, fields: ReadonlyMap<string, InstanceField>): Promise<Applied> {
  const unique = [...fields.values()].flatMap((field) => (field.unique ? [field.name] : []));
  const writes = writeOrder(plan, new Set([...unique, 'username', 'email']));
  return await applyPlan(writes, createCarefulWriter(oomnitza, fields), { concurrency, signal: interruption.signal, redact: secrets.redact, onProgress: () => undefined });
}

/**
 * Makes the report before anything is written, so that nothing is written that cannot be reported. An earlier report is
 * what an earlier rollback can be taken back by, so none is written over.
 */
function newReport({ path, report }: Options, text: string): string {
  for (let number = 1; ; number += 1) {
    const file = report ?? join(dirname(path), `rollback-plan${number === 1 ? '' : `-${number}`}.json`);
    try {
      writeFileSync(file, text, { flag: 'wx' });
      return file;
    } catch (thrown) {
      const code = String(Reflect.get(Object(thrown), 'code'));
      if (code === 'EEXIST' && report === undefined) continue;
      const why = code === 'EEXIST' ? 'it is there already' : code;
      throw new SyncError('invalid-input', `Nothing was written: the report cannot be written to ${file} (${why}).`, { hint: 'Give another file as --report.', cause: thrown });
    }
  }
}

/** The person who rolls back may see everything. */
function told({ results, stopped }: Applied): Applied {
  return { results: new Map(Array.from(results, ([entry, result]) => [entry, { ...result, message: revealed(result.message) }])), stopped };
}

function tell({ results, stopped }: Applied): void {
  const count = (status: string): number => [...results.values()].filter((result) => result.status === status).length;
  for (const [entry, { status, message }] of results) {
    if (message !== '') say(`${status === 'applied' ? 'Note' : 'Failed'}: ${entry.userPrincipalName ?? entry.syncKey ?? entry.oomnitzaId ?? ''}: ${message}`);
  }
  say(`Rolled back: ${counted(count('applied'), 'change')}; failed: ${count('failed')}; not attempted: ${count('not-attempted')}.`);
  if (stopped !== undefined) complain(stopped);
  else if (count('failed') > 0) process.exitCode = 1;
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}

function say(sentence: string): void {
  console.log(forTerminal(secrets.redact(namingVariables(revealed(sentence))), 1000));
}

function complain({ message, hint }: SyncError): void {
  console.error(forTerminal(secrets.redact(namingVariables(revealed(message))), 2000));
  if (hint !== '') console.error(namingVariables(revealed(hint)));
  process.exitCode = 1;
}
