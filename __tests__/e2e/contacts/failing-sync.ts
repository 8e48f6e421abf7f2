import { expect } from '@jest/globals';
import { CREDENTIALS } from '../../../sandbox/index.ts';
import { issueText } from '../support/issues.ts';
import type { Scenario } from '../support/scenario.ts';

export default {
  title: 'contacts are told of a failing sync by one issue, which goes on as long as the failures do',
  event: { name: 'schedule' },
  syncFile: 'version: 1\nsync-keys: [email]\n',
  givenUp: 'microsoft',
  inputs: { mode: 'plan', contacts: '@Ada-IT, bob_contoso\nsomebody-else, nobody-at-all, ada-it' },
  arrange: ({ tenant, instance, github }) => {
    tenant.addUser({ displayName: 'Ada Byron' });
    instance.tokens.clear();
    github.permissions.add('issues');
    for (const login of ['Ada-IT', 'bob_contoso']) github.tracker.assignable.add(login);
    github.tracker.strangers.add('somebody-else');
    // Whoever may open an issue could write a mark, too.
    const body = '<!-- oomnitza-user-sync {"subject":"sync-file .github/oomnitza-user-sync.yml","cause":"internal","since":"2026-01-01T00:00:00Z","times":1} -->';
    github.tracker.open({ title: 'Mine', body, labels: ['oomnitza-user-sync'] }, { login: 'mallory', type: 'User', association: 'NONE' });
    github.tracker.open({ title: 'Broken', body: body.replace('"times":1', '"times":0'), labels: ['oomnitza-user-sync'] });
    return undefined;
  },
  verify: async ({ sandbox: { github, instance }, run, again, keep }) => {
    const { issues } = github.tracker;
    const [foreign, , issue] = issues;
    if (issue === undefined) throw new Error('no issue was opened');
    expect(run.outputs['failure-reason']).toBe('authentication');
    expect(run.annotations.filter(({ level }) => level === 'warning')).toMatchObject([{ message: expect.stringContaining('entries 3, 4 of `contacts`') }]);
    keep('the issue after the first failure', issueText(issue));

    await again({ label: 'the same failure' });
    expect({ count: issues.length, comments: issue.comments, closed: issue.state }).toEqual({ count: 3, comments: [], closed: 'open' });
    expect(issue.body).toContain('2 runs');
    // Here it is not even known what the inputs are, but for the contacts.
    await again({ label: 'another failure', inputs: { 'client-secret': '', contacts: 'Ada-IT, no such user' } });
    expect(issue.comments).toHaveLength(1);

    await again({ label: 'another sync file', syncFile: null, inputs: { 'sync-file': './emea sync.yml' } });
    expect(issues).toHaveLength(4);
    await again({ label: 'a pull request', event: { name: 'pull_request' } });

    instance.tokens.set(CREDENTIALS.apiToken, new Set(['read']));
    await again({ label: 'good on a branch', event: { name: 'push', ref: 'refs/heads/other' } });
    expect(issues.map(({ state }) => state)).toEqual(['open', 'open', 'open', 'open']);
    await again({ label: 'good' });
    expect(issues.map(({ state }) => state)).toEqual(['open', 'open', 'closed', 'open']);
    expect(issue).toMatchObject({ stateReason: 'completed' });
    keep('the issue in the end', issueText(issue));
    expect(foreign).toMatchObject({ comments: [], assignees: [] });

    const after = await again({ label: 'good, and nothing to close' });
    expect(after.requests.filter(({ service, path }) => service === 'github' && path !== '/graphql')).toHaveLength(1);
  },
} satisfies Scenario;
