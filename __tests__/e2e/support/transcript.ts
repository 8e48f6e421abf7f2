import { basename, dirname } from 'node:path';
import type { LoggedRequest, Sandbox } from '../../../sandbox/index.ts';
import type { Annotation, RunResult } from '../../../sandbox/runner.ts';
import { quickInputs, type Circumstances } from './scenario.ts';

const services = ['github', 'authority', 'graph', 'oomnitza'] as const;
const guid = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/g;
/** Of a certificate, which scenarios make anew. */
const thumbprint = /\b[0-9A-F]{64}\b/g;
/** Of a plan; it has the ids of records in it. */
const digest = /\b[0-9a-f]{64}\b/g;

/** A run as a golden file has it: what a user is told, and what the services are asked. The same in every run. */
export function transcriptOf(sandbox: Sandbox, run: RunResult, circumstances: Circumstances): string {
  const told = circumstances.label === undefined ? whole(sandbox, run, circumstances) : brief(run, circumstances.label);
  return hosts(sandbox, sandbox.stable(told)).replaceAll(sandbox.tenant.tenantId, '{tenant}').replaceAll(guid, '<guid>').replaceAll(thumbprint, '<thumbprint>').replaceAll(digest, '<digest>');
}

function brief(run: RunResult, label: string): string {
  const { mode = '', 'failure-reason': reason = '' } = run.outputs;
  const ending = [`exit code ${String(run.exitCode)}`, ...(mode === '' ? [] : [`mode ${mode}`]), reason === '' ? headlineOf(run) : reason];
  return [`── ${label}`, ending.join(', '), ...run.annotations.map(annotationLine)].join('\n');
}

function headlineOf({ summary }: RunResult): string {
  return summary.split('\n', 1).join('').replace('## ', '');
}

function whole(sandbox: Sandbox, run: RunResult, circumstances: Circumstances): string {
  return [
    `exit code ${String(run.exitCode)}`,
    `summary   ${headlineOf(run)}`,
    ...section('outputs', outputLines(run)),
    ...section('annotations', run.annotations.map(annotationLine)),
    ...services.flatMap((service) => requestSection(service, sandbox, run, circumstances)),
    ...(run.requests.length === 0 ? ['no requests'] : []),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

/** The outputs that have a value; numbers share a line, and so do files that are where they usually are. */
function outputLines({ outputs, reportDirectory }: RunResult): string[] {
  const known = Object.entries(outputs).filter(([, value]) => value !== '');
  const counts = known.filter(([name]) => name.endsWith('-count')).map(([name, value]) => `${name.slice(0, -'-count'.length)} ${value}`);
  const isReport = ([name, value]: readonly [string, string]): boolean => name.endsWith('-path') && dirname(value) === reportDirectory;
  const reports = known.filter(isReport).map(([, value]) => basename(value));
  const others = known.filter((output) => !output[0].endsWith('-count') && !isReport(output));
  return [
    ...(counts.length === 0 ? [] : [outputLine('…-count', counts.join(', '))]),
    ...(reports.length === 0 ? [] : [outputLine('…-path', `<report>/${reports.join(', ')}`)]),
    ...others.map(([name, value]) => outputLine(name, name === 'plan-digest' ? '<digest>' : value)),
  ];
}

function outputLine(name: string, value: string): string {
  return `${name.padEnd(15)} ${value}`;
}

function annotationLine({ level, message, title, file, line, col }: Annotation): string {
  const place = file === undefined ? '' : `${file}:${String(line)}:${String(col)} `;
  const heading = title === undefined ? '' : `[${title}] `;
  return `${level.padEnd(8)}${place}${heading}${message.replaceAll('\n', '\n          ')}`;
}

function requestSection(service: (typeof services)[number], sandbox: Sandbox, run: RunResult, { givenUp, inputs }: Circumstances): string[] {
  const requests = run.requests.filter((request) => request.service === service);
  const isMicrosoft = service === 'authority' || service === 'graph';
  if (givenUp === (isMicrosoft ? 'microsoft' : service)) return [service, '  given up when the other side failed'];
  const lines = requests.map((request) => requestLine(request, sandbox));
  // Calls that are under way at the same time arrive in any order.
  const isParallel = service === 'oomnitza' ? { ...quickInputs, ...inputs }['concurrency'] !== '1' : requests.some(({ path }) => sideBySide.test(path));
  return section(service, collapse(isParallel ? lines.sort() : lines));
}

/** What Graph is asked for while it is asked for users as well. */
const sideBySide = /\/(?:deviceManagement|groups)\//;

function collapse(lines: readonly string[]): string[] {
  const runs: { readonly line: string; count: number }[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.line === line) last.count += 1;
    else runs.push({ line, count: 1 });
  }
  return runs.map(({ line, count }) => (count === 1 ? line : `${line} × ${count}`));
}

/** What differs between runs, or only repeats what the service itself said. */
const unsaid = new Set(['client-request-id', 'se', 'sig', 'sp', 'sr', 'sv', 'blockid']);

/** How many users are asked for at once depends on which page came first. */
const someIds = /id eq '[^']*'(?: or id eq '[^']*')*/;

function requestLine({ method, path, query, status }: LoggedRequest, sandbox: Sandbox): string {
  const place = path
    .replace(sandbox.tenant.tenantId, '{tenant}')
    .replace(/^(\/api\/v3\/users)\/(?!meta$)[^/]+$/, '$1/{ident}')
    .replace(/^(\/api\/v3\/saas\/[^/]+\/users)\/[^/]+$/, '$1/{ident}')
    .replace(/^\/artifact-storage\/.*/, '/artifact-storage/{container}/{blob}')
    .replace(/^(\/twirp)\/.*\//, '$1/…/');
  // A link to a next page repeats the query of the first one.
  const asked = '$skiptoken' in query ? { $skiptoken: '…' } : query;
  const parameters = Object.entries(asked).filter(([name]) => !unsaid.has(name)).map(([name, value]) => `${name}=${value.replace(someIds, 'id eq …')}`);
  return `${method} ${place}${parameters.length === 0 ? '' : '?'}${parameters.join('&')} ${status === null ? 'no answer' : String(status)}`;
}

function hosts(sandbox: Sandbox, text: string): string {
  return services.reduce((named, service) => named.replaceAll(new URL(sandbox.urls[service]).host, `${service}.sandbox`), text).replaceAll(/(?:localhost|127\.0\.0\.1|::1):\d+/g, 'closed.sandbox');
}
