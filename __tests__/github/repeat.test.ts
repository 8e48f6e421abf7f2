import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { makeCertificate } from '../../sandbox/http/certificate.ts';
import type { FaultEffect, Sandbox } from '../../sandbox/index.ts';
import { SyncError } from '../../src/errors.ts';
import { connectIssues, connectRepository, keepComment, type Issues, type Repository } from '../../src/github/index.ts';
import { captureLog, runEvent } from '../support/github.ts';
import { portOf } from '../support/loopback.ts';
import { trustedSandbox } from '../support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await trustedSandbox();
  captureLog();
  sandbox.github.permissions.add('issues').add('pull-requests');
});
afterEach(async () => {
  jest.restoreAllMocks();
  await sandbox.close();
});

const never = new AbortController().signal;
const mark = { subject: 'sync-file a.yml', cause: 'internal', since: '2026-11-22T05:17:00.000Z', times: 2 };
const atOnce = { headers: { 'retry-after': '0' } };

const repository = (signal = never): Repository => connectRepository(runEvent({ apiUrl: sandbox.urls.github }), sandbox.github.token, signal);
const issues = (): Issues => connectIssues(runEvent({ apiUrl: sandbox.urls.github }), sandbox.github.token, never);

const passing: readonly FaultEffect[] = [{ status: 502, ...atOnce }, { status: 503, ...atOnce }, { status: 429, ...atOnce }, { status: 403, ...atOnce }, { drop: 'before' }];

test.each(passing)('what GitHub cannot answer just now is asked again: %j', async (fault) => {
  const log = captureLog();
  sandbox.faults.add({ service: 'github', body: { message: 'words of the server' }, ...fault });
  expect(await repository().defaultBranch()).toBe('main');
  expect(sandbox.requests.count({ service: 'github' })).toBe(2);
  expect(log.lines()).toEqual([expect.stringMatching(/^GitHub (?:answered \d+|gave no answer); asking again in [\d.]+ s \(attempt 2 of 4\)$/)]);
});

test('it is given up after four attempts', async () => {
  sandbox.faults.add({ service: 'github', status: 503, ...atOnce, times: Infinity });
  await expect(repository().defaultBranch()).rejects.toThrow();
  expect(sandbox.requests.count({ service: 'github' })).toBe(4);
});

test.each<FaultEffect>([{ status: 401 }, { status: 403 }, { status: 404 }, { status: 503, headers: { 'retry-after': '3600' } }])('what will not pass soon is asked once: %j', async (fault) => {
  sandbox.faults.add({ service: 'github', times: Infinity, ...fault });
  await expect(repository().defaultBranch()).rejects.toThrow();
  expect(sandbox.requests.count({ service: 'github' })).toBe(1);
});

test('an issue and a comment are brought up to date in a further attempt, and whose the token is is asked again', async () => {
  const number = await issues().create('One', 'x', mark);
  const keep = (body: string): Promise<void> => keepComment(runEvent({ apiUrl: sandbox.urls.github }), sandbox.github.token, never, { pullRequest: 7, subjectOf: (text) => (text.startsWith('<!-- m -->') ? 'same' : 'other'), isLeftBehind: () => Promise.resolve(false), body: `<!-- m -->${body}`, create: true });
  await keep('one');
  sandbox.faults.add({ service: 'github', method: 'PATCH', path: /\/issues\/\d+$/, status: 502, ...atOnce });
  sandbox.faults.add({ service: 'github', method: 'PATCH', path: /comments/, status: 502, ...atOnce });
  sandbox.faults.add({ service: 'github', path: '/graphql', status: 502, ...atOnce });
  await issues().update(number, 'y', mark);
  await keep('two');
  expect(sandbox.faults.pending).toBe(0);
  expect(sandbox.github.tracker.issues[0]?.body).toContain('y');
  expect(sandbox.github.comments.map(({ body }) => body)).toEqual(['<!-- m -->two']);
});

test('what is created is not created twice', async () => {
  sandbox.faults.add({ service: 'github', method: 'POST', path: /issues$/, status: 502, commit: true, ...atOnce });
  await expect(issues().create('One', 'x', mark)).rejects.toMatchObject({ reason: 'target-unavailable' });
  expect(sandbox.github.tracker.issues).toHaveLength(1);
});

test('a server that nobody vouches for is asked once', async () => {
  const { key, certificate } = await makeCertificate();
  let connections = 0;
  const stranger = createServer({ key, cert: certificate }).on('connection', () => { connections += 1; });
  await once(stranger.listen(0, '127.0.0.1'), 'listening');
  const event = runEvent({ apiUrl: `https://127.0.0.1:${portOf(stranger)}` });
  await expect(connectRepository(event, 'ghs_secret', never).defaultBranch()).rejects.toThrow();
  expect(connections).toBe(1);
  stranger.close();
});

test('the end of the run ends the waiting, with its reason', async () => {
  const reason = new SyncError('cancelled', 'The run was cancelled.');
  const run = new AbortController();
  jest.spyOn(process.stdout, 'write').mockImplementation(() => {
    run.abort(reason);
    return true;
  });
  sandbox.faults.add({ service: 'github', status: 503, headers: { 'retry-after': '5' } });
  const begun = performance.now();
  await expect(repository(run.signal).defaultBranch()).rejects.toBe(reason);
  expect(performance.now() - begun).toBeLessThan(4000);
});
