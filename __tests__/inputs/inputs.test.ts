import { beforeEach, describe, expect, test } from '@jest/globals';
import { SyncError } from '../../src/errors.ts';
import { defaultReportDirectory, givenSecrets, readInputs, type Inputs } from '../../src/inputs/index.ts';
import { inFull } from '../support/in-full.ts';
import '../support/one-realm.ts';
import { testCertificate } from '../support/client-certificate.ts';
import { setEnvironment } from '../support/github.ts';

let told: string[];
beforeEach(() => {
  told = [];
});

const secrets = { 'client-secret': 'client~secret', 'oomnitza-api-token': 'oomnitza-token', 'github-token': 'ghs_token' };
/** A `with:` block of which nothing is wrong. */
const good = {
  'tenant-id': '6f4b1c2e-9d3a-4b57-8c1f-2a7e5d90c346',
  'client-id': '3c8e0a54-71d9-4f06-b2ad-5e9f4d1c7b80',
  'oomnitza-url': 'https://example.oomnitza.com',
  ...secrets,
};
type Given = Readonly<Record<string, string>>;

/** Reads inputs as the runner passes them on. */
function read(changes: Given = {}, base: Given = good, offline = false): Inputs {
  const variables = Object.entries({ ...base, ...changes }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value] as const);
  const restore = setEnvironment(Object.fromEntries(variables));
  try {
    told.push(...givenSecrets());
    return readInputs({ RUNNER_TEMP: '/runner/temp', GITHUB_ACTION: 'sync' }, offline);
  } finally {
    restore();
  }
}

/** The message about inputs of which something is wrong. */
function wrong(changes: Given, base: Given = good): string {
  try {
    read(changes, base);
  } catch (thrown) {
    if (thrown instanceof SyncError && thrown.reason === 'invalid-input') return [thrown.message, ...thrown.details.map((detail) => `- ${detail}`)].join('\n');
    throw thrown;
  }
  throw new Error('nothing is wrong');
}

describe('inputs that are left out', () => {
  test('have their defaults', () => {
    expect(read()).toEqual({
      mode: 'auto',
      syncFile: '.github/oomnitza-user-sync.yml',
      authorityHost: new URL('https://login.microsoftonline.com'),
      graphUrl: new URL('https://graph.microsoft.com'),
      graphScope: 'https://graph.microsoft.com/.default',
      microsoft: { tenantId: good['tenant-id'], clientId: good['client-id'], credential: { kind: 'secret', secret: 'client~secret' } },
      oomnitza: { url: new URL('https://example.oomnitza.com'), signIn: { kind: 'token', token: 'oomnitza-token' }, certificate: undefined },
      oomnitzaApi: 'rest',
      connectorName: 'Azureusers',
      ignoreMetaRestriction: false,
      only: [],
      explain: '',
      overrideLimits: false,
      expectedPlan: '',
      expectedPlanDigest: '',
      maxFailures: 0,
      concurrency: 8,
      timeoutMinutes: 0,
      contacts: [],
      watch: { workflow: '', maxAgeHours: 26 },
      comment: 'changes',
      artifactName: '',
      artifactRetentionDays: undefined,
      reportDirectory: '/runner/temp/oomnitza-user-sync/sync',
      githubToken: 'ghs_token',
      personalData: 'auto',
    });
  });

  test('are the same as empty ones', () => {
    const names = ['mode', 'sync-file', 'client-certificate', 'client-certificate-password', 'oidc-audience', 'cloud', 'authority-host', 'graph-url', 'graph-scope', 'oomnitza-username', 'oomnitza-password', 'oomnitza-client-certificate', 'oomnitza-api', 'oomnitza-connector-name', 'oomnitza-ignore-meta-restriction', 'only', 'explain', 'max-failures', 'concurrency', 'contacts', 'watch-workflow', 'max-age', 'artifact-name', 'artifact-retention-days', 'report-directory', 'override-limits', 'comment', 'expected-plan', 'expected-plan-digest', 'timeout-minutes'];
    expect(read(Object.fromEntries(names.map((name) => [name, name === 'mode' ? ' ' : ''])))).toEqual(read());
  });
});

test('a run that asks neither side needs nothing to sign in with, and does not mind what it was given', () => {
  for (const given of [{}, good, { 'tenant-id': 'x', 'oomnitza-api-token': 'y' }]) {
    expect(read({}, given, true)).toMatchObject({ mode: 'auto', microsoft: undefined, oomnitza: undefined });
  }
  expect(() => read({ comment: 'sometimes' }, good, true)).toThrow('The input `comment` is "sometimes"; it takes changes, always, never.');
});

describe('inputs that are given', () => {
  test('are taken', () => {
    expect(
      read({
        mode: 'plan',
        'sync-file': ' sync/emea.yml ',
        'tenant-id': 'contoso.onmicrosoft.com',
        'authority-host': 'https://login.microsoftonline.us/',
        'graph-url': 'https://graph.microsoft.us',
        'oomnitza-url': 'https://example.oomnitza.com/',
        'max-failures': '25',
        concurrency: '32',
        'artifact-name': 'people',
        'artifact-retention-days': '90',
        'report-directory': 'reports',
      }),
    ).toMatchObject({
      mode: 'plan',
      syncFile: 'sync/emea.yml',
      microsoft: { tenantId: 'contoso.onmicrosoft.com' },
      authorityHost: new URL('https://login.microsoftonline.us'),
      graphUrl: new URL('https://graph.microsoft.us'),
      graphScope: 'https://graph.microsoft.us/.default',
      oomnitza: { url: new URL('https://example.oomnitza.com') },
      maxFailures: 25,
      concurrency: 32,
      artifactName: 'people',
      artifactRetentionDays: 90,
      reportDirectory: 'reports',
    });
  });

  test('may ask for another scope than that of the Graph domain', () => {
    expect(read({ 'graph-scope': 'https://graph.example.com/.default' }).graphScope).toBe('https://graph.example.com/.default');
  });

  test.each(['auto', 'validate', 'plan', 'apply', 'suggest'])('may ask for the mode %s', (mode) => {
    expect(read({ mode }).mode).toBe(mode);
  });

  test.each([
    ['oomnitza-api', 'bulk', { oomnitzaApi: 'bulk' }],
    ['oomnitza-connector-name', 'Azureusers.EMEA', { connectorName: 'Azureusers.EMEA' }],
    ['oomnitza-ignore-meta-restriction', 'true', { ignoreMetaRestriction: true }],
    ['oomnitza-ignore-meta-restriction', 'TRUE', { ignoreMetaRestriction: true }],
    ['oomnitza-ignore-meta-restriction', 'False', { ignoreMetaRestriction: false }],
    ['only', ' a@x.y, b@x.y\n\n c d ,,a@x.y\r\n', { only: ['a@x.y', 'b@x.y', 'c d'] }],
    ['explain', ' a@x.y ', { explain: 'a@x.y', mode: 'plan' }],
    ['override-limits', 'true', { overrideLimits: true }],
    ['expected-plan', ' plans/plan.json ', { expectedPlan: 'plans/plan.json' }],
    ['expected-plan-digest', 'AB'.repeat(32), { expectedPlanDigest: 'ab'.repeat(32) }],
    ['max-failures', '0', { maxFailures: 0 }],
    ['timeout-minutes', '300', { timeoutMinutes: 300 }],
    ['concurrency', '1', { concurrency: 1 }],
    ['concurrency', '08', { concurrency: 8 }],
    ['artifact-retention-days', '1', { artifactRetentionDays: 1 }],
    ['artifact-retention-days', '400', { artifactRetentionDays: 400 }],
    ['oomnitza-url', 'https://localhost:8443', { oomnitza: { url: new URL('https://localhost:8443') } }],
  ])('may be at the edge: %s %s', (name, value, expected) => {
    expect(read({ [name]: value })).toMatchObject(expected);
  });
});

describe('a wrong value is named, with what it takes:', () => {
  test.each([
    ['mode', 'aply', '`mode` is "aply"; it takes auto, validate, plan, apply, suggest, watchdog.'],
    ['mode', 'Plan', '`mode` is "Plan"'],
    ['cloud', 'usgov', '`cloud` is "usgov"; it takes global, us-gov, us-gov-dod, china.'],
    ['cloud', 'toString', '`cloud` is "toString"'],
    ['tenant-id', 'contoso', '`tenant-id` is "contoso"; it takes the tenant’s id (a GUID) or one of its verified domains.'],
    ['tenant-id', 'contoso.com/../x', '`tenant-id` is "contoso.com/../x"'],
    ['tenant-id', '-a.com', '`tenant-id`'],
    ['client-id', 'my app', '`client-id` is "my app"; it takes the application (client) id'],
    ['client-id', 'x'.repeat(200), `\`client-id\` is "${'x'.repeat(100)}…"`],
    ['oomnitza-ignore-meta-restriction', 'yes', '`oomnitza-ignore-meta-restriction` is "yes"; it takes true or false.'],
    ['oomnitza-ignore-meta-restriction', 'tRUE', '`oomnitza-ignore-meta-restriction` is "tRUE"'],
    ['explain', 'a@x.y, b@x.y', '`explain` is "a@x.y, b@x.y"; it takes one user principal name'],
    ['explain', `${'x'.repeat(315)}@x.com`, `\`explain\` has "${'x'.repeat(100)}…", of 321 characters; a user principal name or mail address has 320 at most.`],
    ['only', `a@x.com,${'x'.repeat(400)}`, `\`only\` has "${'x'.repeat(100)}…", of 400 characters; a user principal name or mail address has 320 at most. Entries are separated by commas or lines.`],
    ['expected-plan-digest', 'abc', '`expected-plan-digest` is "abc"; it takes the output `plan-digest` of another run'],
    ['timeout-minutes', '1.5', '`timeout-minutes` is "1.5"; it takes a whole number from 0 up.'],
    ['max-failures', '-1', '`max-failures` is "-1"; it takes a whole number from 0 up.'],
    ['max-failures', '1e3', '`max-failures` is "1e3"'],
    ['max-failures', '5%', '`max-failures` is "5%"'],
    ['max-failures', '9999999999999999', '`max-failures`'],
    ['concurrency', '0', '`concurrency` is "0"; it takes a whole number from 1 to 32.'],
    ['concurrency', '33', '`concurrency` is "33"'],
    ['concurrency', '2.5', '`concurrency` is "2.5"'],
    ['concurrency', 'many', '`concurrency` is "many"'],
    ['artifact-retention-days', '0', '`artifact-retention-days` is "0"; it takes a whole number from 1 to 400.'],
    ['artifact-retention-days', '401', '`artifact-retention-days`'],
    ['artifact-name', 'a/b', '`artifact-name` is "a/b"; it may not contain any of'],
    ['artifact-name', 'a\nb', '`artifact-name` is "a\\nb"'],
    ['oomnitza-url', 'http://example.oomnitza.com', '`oomnitza-url` is "http://example.oomnitza.com", which is http, not https; it takes an address such as https://example.oomnitza.com: https, without a path.'],
    ['oomnitza-url', 'https://example.oomnitza.com/api/v3', '`oomnitza-url` is "https://example.oomnitza.com/api/v3", which has a path; it takes'],
    ['oomnitza-url', 'https://example.oomnitza.com/?a=b', '`oomnitza-url` is "https://example.oomnitza.com", which had a query (`?`); it takes'],
    ['oomnitza-url', 'https://ada@example.oomnitza.com', '`oomnitza-url` is "https://example.oomnitza.com", which held a user or password before the host; it takes'],
    ['oomnitza-url', 'https://:pass@example.oomnitza.com', '`oomnitza-url` is "https://example.oomnitza.com"'],
    ['oomnitza-url', 'example.oomnitza.com', '`oomnitza-url` is an address that lacks https:// before it'],
    ['oomnitza-url', 'https://', '`oomnitza-url` is no valid URL'],
    ['graph-url', 'https://graph.microsoft.com/v1.0', '`graph-url` is "https://graph.microsoft.com/v1.0", which has a path; it takes an address such as https://graph.microsoft.com'],
    ['graph-url', 'ftp://graph.microsoft.com', '`graph-url` is "ftp://graph.microsoft.com", which does not begin with https://; it takes'],
    ['authority-host', 'http://login.microsoftonline.com', '`authority-host` is "http://login.microsoftonline.com", which is http, not https; it takes an address such as https://login.microsoftonline.com'],
    ['authority-host', 'https://login.microsoftonline.com/#x', '`authority-host`'],
  ])('%s: %s', (name, value, expected) => {
    const message = wrong({ [name]: value });
    expect(inFull(message)).toContain(`The input ${expected}`);
    expect(message).not.toContain('\n');
  });

  test.each([
    [{ mode: 'apply', explain: 'a' }, '`explain` cannot stand beside `mode: apply`'],
    [{ mode: 'validate', explain: 'a' }, '`explain` cannot stand beside `mode: validate`'],
    [{ mode: 'suggest', explain: 'a' }, '`explain` cannot stand beside `mode: suggest`'],
    [{ mode: 'suggest', only: 'a' }, '`only` cannot stand beside `mode: suggest`'],
    [{ 'expected-plan': 'plan.json', explain: 'a' }, '`explain` cannot stand beside `expected-plan`'],
    [{ only: 'b', explain: 'a' }, '`explain` cannot stand beside `only`'],
  ])('%j', (given, expected) => {
    expect(wrong(given)).toContain(expected);
  });

  test('all of them at once', () => {
    const message = wrong({ mode: 'aply', cloud: 'x', concurrency: '0', 'oomnitza-url': 'http://x', 'oomnitza-api-token': '', 'tenant-id': 'x', 'client-id': 'y' });
    const [first, ...others] = message.split('\n');
    expect(first).toBe('7 inputs are wrong.');
    expect(others.map((line) => /^- `([a-z-]+)` .+\.$/.exec(line)?.[1]).toSorted()).toEqual([
      'client-id',
      'cloud',
      'concurrency',
      'mode',
      'oomnitza-api-token',
      'oomnitza-url',
      'tenant-id',
    ]);
  });
});

describe('clouds', () => {
  test.each([
    ['global', 'https://login.microsoftonline.com', 'https://graph.microsoft.com', 'api://AzureADTokenExchange'],
    ['us-gov', 'https://login.microsoftonline.us', 'https://graph.microsoft.us', 'api://AzureADTokenExchangeUSGov'],
    ['us-gov-dod', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us', 'api://AzureADTokenExchangeUSGov'],
    ['china', 'https://login.chinacloudapi.cn', 'https://microsoftgraph.chinacloudapi.cn', 'api://AzureADTokenExchangeChina'],
  ])('%s has its own sign-in service, Graph, scope and audience', (cloud, authority, graph, audience) => {
    expect(read({ cloud, 'client-secret': '' })).toMatchObject({
      authorityHost: new URL(authority),
      graphUrl: new URL(graph),
      graphScope: `${graph}/.default`,
      microsoft: { credential: { kind: 'federated', audience } },
    });
  });

  test('give way to addresses and an audience of one’s own', () => {
    const own = { 'authority-host': 'https://sts.example.com', 'graph-url': 'https://graph.example.com', 'oidc-audience': 'api://own', 'client-secret': '' };
    expect(read({ cloud: 'china', ...own })).toMatchObject({
      authorityHost: new URL(own['authority-host']),
      graphScope: 'https://graph.example.com/.default',
      microsoft: { credential: { audience: 'api://own' } },
    });
  });
});

describe('credentials', () => {
  const needed = ['tenant-id', 'client-id', 'oomnitza-url', 'oomnitza-api-token'];

  test.each(['auto', 'plan', 'apply', 'suggest'])('are needed to %s', (mode) => {
    const message = wrong({ mode }, {});
    for (const name of needed) expect(message).toContain(`\`${name}\` is missing`);
    expect(message).toContain('`oomnitza-api-token` is missing, and so are `oomnitza-username` and `oomnitza-password` that could take its place.');
  });

  test('are not needed to validate', () => {
    expect(read({ mode: 'validate' }, {})).toMatchObject({ microsoft: undefined, oomnitza: undefined });
  });

  test.each(needed)('are used to validate where they are given, and then all of them: without %s', (name) => {
    expect(read({ mode: 'validate' })).toMatchObject({ microsoft: { credential: { secret: 'client~secret' } }, oomnitza: { signIn: { token: 'oomnitza-token' } } });
    expect(wrong({ mode: 'validate', [name]: '' })).toContain(`The input \`${name}\` is missing`);
  });

  test('of which no secret and no certificate is given are GitHub’s own', () => {
    expect(read({ 'client-secret': '' }).microsoft?.credential).toEqual({ kind: 'federated', audience: 'api://AzureADTokenExchange' });
  });

  test('may be a certificate, and then no secret as well', async () => {
    const { pem } = await testCertificate();
    const certificate = { 'client-secret': '', 'client-certificate': pem };
    expect(read(certificate).microsoft?.credential).toMatchObject({ kind: 'certificate', certificate: { password: undefined } });
    expect(wrong({ ...certificate, 'client-secret': 'client~secret' })).toBe('The input `client-secret` is given together with `client-certificate`; give the one that is to be used.');
    expect(wrong({ ...certificate, 'client-certificate': 'nonsense' })).toContain('The input `client-certificate` is no PEM text');
  });

  test.each(['client-secret', 'client-certificate-password'])('without tenant and application are as wrong in validate as everywhere (%s)', (name) => {
    expect(wrong({ mode: 'validate', [name]: 'something' }, {})).toContain('`tenant-id` is missing.');
  });
});

describe('the sign-in to Oomnitza', () => {
  const password = { 'oomnitza-api-token': '', 'oomnitza-username': 'sync@example.com', 'oomnitza-password': 'Sesame, open!' };

  test('may be by user name and password', () => {
    expect(read(password).oomnitza?.signIn).toEqual({ kind: 'password', username: 'sync@example.com', password: 'Sesame, open!' });
    expect(told).toContain('Sesame, open!');
  });

  test.each([
    [{ ...password, 'oomnitza-password': '' }, 'The input `oomnitza-password` is missing.'],
    [{ ...password, 'oomnitza-username': '' }, 'The input `oomnitza-username` is missing.'],
    [{ ...password, 'oomnitza-api-token': 'token' }, 'The input `oomnitza-api-token` is given together with `oomnitza-username`; give the token, or user name and password.'],
    [{ 'oomnitza-password': 'Sesame, open!' }, 'The input `oomnitza-api-token` is given together with `oomnitza-password`; give the token, or user name and password.'],
    [{ 'oomnitza-client-certificate': 'nonsense' }, 'The input `oomnitza-client-certificate` is no PEM text, or one that is cut off; it takes PEM text with the private key and the certificate.'],
  ])('is one of the two, and whole (%#)', (given, expected) => {
    for (const mode of ['apply', 'validate']) expect(wrong({ mode, ...given })).toBe(expected);
  });

  test('may be behind a certificate', async () => {
    const { pem, key, certificate } = await testCertificate('ec');
    expect(read({ 'oomnitza-client-certificate': pem }).oomnitza?.certificate).toEqual({ key, cert: `${certificate}\n` });
    expect(told).toContain(pem);
    expect(wrong({ mode: 'validate', 'oomnitza-client-certificate': pem }, {})).toContain('`oomnitza-url` is missing.');
  });
});

describe('secrets', () => {
  test('are found even where inputs are wrong', () => {
    wrong({ mode: 'aply' });
    expect(told).toEqual(Object.values(secrets));
  });

  test('that are not given are not found', () => {
    read({ mode: 'validate' }, {});
    expect(told).toEqual([]);
  });

  test('never stand in a message', () => {
    const message = wrong({ mode: 'x', 'tenant-id': '', 'client-id': 'x', 'oomnitza-url': 'x', concurrency: 'x', 'graph-url': 'x' });
    for (const secret of Object.values(secrets)) expect(message).not.toContain(secret);
  });

  test('never stand in a message, even where they were put into an address', () => {
    const message = wrong({ 'oomnitza-url': 'https://ada:hunter2@example.oomnitza.com/?token=hunter2#hunter2', 'graph-url': 'hunter2 https://' });
    expect(message).not.toContain('hunter2');
    expect(message).toContain('"https://example.oomnitza.com"');
  });

  test.each(['two\nlines', 'a\rb', 'dash\u2013dash', 'bell\u0007'])('that no header can carry are refused, and not shown: %j', (token) => {
    const message = wrong({ 'oomnitza-api-token': token });
    expect(message).toContain('The input `oomnitza-api-token` holds characters that no token has');
    expect(message).not.toContain(token);
  });

  test('lose white space around them', () => {
    expect(read({ 'oomnitza-api-token': ' oomnitza-token\n' }).oomnitza?.signIn).toEqual({ kind: 'token', token: 'oomnitza-token' });
  });
});

describe('the folder for reports', () => {
  test('is one of the step’s own', () => {
    expect(defaultReportDirectory({ RUNNER_TEMP: '/tmp/r', GITHUB_ACTION: '__run_2' })).toBe('/tmp/r/oomnitza-user-sync/__run_2');
  });

  test.each([{}, { RUNNER_TEMP: '', GITHUB_ACTION: '' }])('is one below the current folder outside GitHub: %j', (environment) => {
    expect(defaultReportDirectory(environment)).toBe('./oomnitza-user-sync/run');
  });
});
