import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';
import { csvRowsOf, planOf } from '../support/report-files.ts';

const names = [
  '=HYPERLINK("http://evil.example","click")',
  '::error::you are fired\n::set-env name=PATH::/tmp',
  '##[error]you are fired',
  '<img src=x onerror=alert(1)> **bold** [link](http://evil.example) | `code` @octocat #1',
  '李小龍 Zoë Ångström 👩‍💻 \u202Egnp.exe',
  '-1+1;"quoted, twice""',
];

export default {
  title: 'names reach Oomnitza as they are, and nothing in them comes alive in log, summary or spreadsheet',
  inputs: { mode: 'apply', 'artifact-name': 'oomnitza-user-sync' },
  writes: true,
  arrange: ({ tenant }) => {
    for (const [index, name] of names.entries()) tenant.addUser({ displayName: `Person ${index}`, givenName: name, surname: name, department: name, userPrincipalName: `p${index}@contoso.com` });
  },
  verify: async ({ sandbox, run, again }) => {
    expect([...sandbox.instance.records.values()].map(({ first_name }) => first_name)).toEqual(names);
    expect(run.annotations).toEqual([]);
    const departments = csvRowsOf(run).filter(({ field }) => field === 'department');
    expect(departments.map(({ after }) => after)).toEqual(names.map((name) => (/^[=-]/.test(name) ? `'${name}` : name)));
    expect(planOf(run).changes.map(({ fields }) => fields.find(({ field }) => field === 'first_name')?.after)).toEqual(names);
    expect(run.summary).not.toMatch(/<img|\*\*bold|\]\(http:\/\/evil|@octocat|`code`|\u202E/);
    expect(run.log).not.toMatch(/^\s*::error|\u202E/m);
    expect((await again({ label: 'the next run' })).outputs['has-changes']).toBe('false');
  },
} satisfies Scenario;
