import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { parse } from 'yaml';
import { CREDENTIALS, unzip, type Sandbox } from '../../../sandbox/index.ts';
import { isRecord } from '../../../sandbox/http/exchange.ts';
import type { RunResult } from '../../../sandbox/runner.ts';
import { readable } from './readable.ts';
import { csvRowsOf, planOf } from './report-files.ts';
import type { Circumstances } from './scenario.ts';
import { writesOf } from './writes.ts';

const action: unknown = parse(readFileSync(join(import.meta.dirname, '..', '..', '..', 'action.yml'), 'utf8'));
const outputNames = Object.keys(isRecord(action) && isRecord(action['outputs']) ? action['outputs'] : {}).sort();

/** Holds a run against what the action promises whatever happens. */
export function checkPromises(sandbox: Sandbox, run: RunResult, circumstances: Circumstances): void {
  endsByItself(run);
  tellsWhetherItFailed(run);
  showsItsSummary(run, circumstances);
  agreesWithItself(run);
  keepsSecrets(sandbox, run, circumstances);
  givesNoCommandsToTheRunner(run);
  if (!circumstances.writes) leavesOomnitzaAlone(run);
}

function endsByItself(run: RunResult): void {
  expect(run).toMatchObject({ signal: null, timedOut: false, stderr: '' });
}

function tellsWhetherItFailed(run: RunResult): void {
  const reason = run.outputs['failure-reason'];
  const errors = run.annotations.filter(({ level }) => level === 'error');
  if (run.exitCode === 0) {
    expect({ reason, errors }).toEqual({ reason: '', errors: [] });
  } else {
    expect(run.exitCode).toBe(1);
    expect(reason).toMatch(/^[a-z-]+$/);
    expect(errors).not.toEqual([]);
    expect(run.log).toContain(`Failure reason: ${reason ?? ''}`);
  }
}

function showsItsSummary(run: RunResult, { withoutSummary }: Circumstances): void {
  const path = run.outputs['summary-path'];
  if (withoutSummary === 'file') {
    expect(path).toBe('');
    expect(run.summary).toMatch(/^## /);
    return;
  }
  expect(path).toBe(join(run.reportDirectory, 'summary.md'));
  const summary = run.file('summary.md');
  expect(summary).toMatch(/^## /);
  if (withoutSummary !== 'page') expect(run.summary.trimEnd()).toBe(summary.trimEnd());
}

/** Outputs, files and summary tell of the same plan. */
function agreesWithItself(run: RunResult): void {
  expect(Object.keys(run.outputs).sort()).toEqual(outputNames);
  if (run.outputs['plan-path'] === '') {
    expect(run.outputs['csv-path']).toBe('');
    return;
  }
  expect(run.files()).toEqual(['changes.csv', 'plan.json', 'summary.md']);
  const { digest, counts, changes } = planOf(run);
  expect(run.outputs['plan-digest']).toBe(digest);
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  const told = Object.keys(counts).map((name) => [name, Number(run.outputs[`${name}-count`])]);
  expect(Object.fromEntries(told)).toEqual(counts);
  expect(run.outputs['has-changes']).toBe(String(['create', 'update', 'suspend', 'restore'].some((action) => (counts[action] ?? 0) > 0)));
  expect(csvRowsOf(run)).toHaveLength(changes.reduce((rows, { fields }) => rows + Math.max(1, fields.length), 0));
}

function keepsSecrets(sandbox: Sandbox, run: RunResult, { inputs = {} }: Circumstances): void {
  const accessTokens = run.requests.filter(({ service }) => service === 'graph').map(({ headers }) => (headers.authorization ?? '').replace('Bearer ', ''));
  const given: Readonly<Record<string, string>> = { ...sandbox.inputs(), 'github-token': sandbox.github.token, ...inputs };
  const names = ['client-secret', 'client-certificate', 'client-certificate-password', 'oomnitza-api-token', 'oomnitza-password', 'oomnitza-client-certificate', 'github-token'];
  const masked = [...names.map((name) => given[name] ?? ''), ...accessTokens].flatMap(tellingLines);
  expect(run.masks).toEqual(expect.arrayContaining([...new Set(masked)]));
  // The runner hides every line of what it is told, so that a bracket or a "-----BEGIN …" would vanish from the whole log.
  expect(run.masks.filter((mask) => /[\r\n]|^-----[^-]+-----$/.test(mask))).toEqual([]);

  const { idTokenRequestToken, runtimeToken } = run.run;
  const obtained = [...sandbox.tenant.tokens.keys(), ...sandbox.github.oidc.issued, ...sandbox.instance.issued.keys()];
  const secrets = [CREDENTIALS.clientSecret, CREDENTIALS.apiToken, sandbox.github.token, runtimeToken, idTokenRequestToken, ...masked, ...obtained];
  const artifact = sandbox.github.artifacts.find((candidate) => candidate.run === run.run && candidate.finalized);
  const shown: Record<string, string> = {
    ...(artifact === undefined ? {} : Object.fromEntries([...unzip(artifact.content)].map(([name, content]) => [`artifact ${name}`, content.toString()]))),
    ...(run.outputs['summary-path'] === '' ? {} : Object.fromEntries(run.files().map((name) => [name, run.file(name)]))),
    issues: JSON.stringify(sandbox.github.tracker.issues),
    log: run.log,
    'standard output': run.stdout.replaceAll(/^::add-mask::.*$/gm, ''),
    summary: run.summary,
    outputs: JSON.stringify(run.outputs),
    annotations: JSON.stringify(run.annotations),
  };
  const leaks = Object.entries(shown).flatMap(([place, text]) => secrets.filter((secret) => text.includes(secret) || readable(text).includes(secret)).map((secret) => `${place} shows ${secret}`));
  expect(leaks).toEqual([]);
}

/** The lines of a secret that say something; a secret on one line, however short, is one of them. */
function tellingLines(secret: string): string[] {
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
  return lines.filter((line) => line !== '' && (lines.length === 1 || (line.length >= 16 && !line.startsWith('-----'))));
}

/** The runner takes any line that looks like a command for one, whoever chose its words. */
function givesNoCommandsToTheRunner(run: RunResult): void {
  const commands = run.stdout.split(/\r\n|\r|\n/).filter((line) => /^\s*::|##\[/.test(line));
  expect(commands.filter((line) => !/^::(?:add-mask|group|endgroup|error|warning|notice|debug)(?: [^:]*)?::/.test(line))).toEqual([]);
}

function leavesOomnitzaAlone(run: RunResult): void {
  expect(writesOf(run)).toEqual([]);
}
