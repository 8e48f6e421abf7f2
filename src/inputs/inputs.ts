import { getInput } from '@actions/core';
import { personalDataLevels } from '../report/index.ts';
import { reserve } from '../reserved.ts';
import { readContacts, type Contact } from './contacts.ts';
import { InputReader } from './input-reader.ts';
import { readCloud, readMicrosoft, type MicrosoftInputs } from './microsoft.ts';
import { oomnitzaApis, readConnectorName, readOomnitza, type OomnitzaApi, type OomnitzaInputs } from './oomnitza.ts';
import { shown } from './origin.ts';
import { readSyncFilePath } from './sync-file-path.ts';
import { readWatch, type WatchInputs } from './watch.ts';

export const modes = ['auto', 'validate', 'plan', 'apply', 'suggest', 'watchdog'] as const;
export type Mode = (typeof modes)[number];

/** When a pull request is commented on: where there is something to say or an earlier comment, always, or never. */
export const commentRules = ['changes', 'always', 'never'] as const;
export type CommentRule = (typeof commentRules)[number];
const personalDataWords = ['auto', ...personalDataLevels] as const;

/** The inputs of the action, each checked and of the type that its use needs. */
export interface Inputs {
  readonly mode: Mode;
  readonly syncFile: string;
  readonly authorityHost: URL;
  readonly graphUrl: URL;
  readonly graphScope: string;
  readonly microsoft: MicrosoftInputs | undefined;
  readonly oomnitza: OomnitzaInputs | undefined;
  readonly oomnitzaApi: OomnitzaApi;
  /** What the bulk API calls the sender. */
  readonly connectorName: string;
  /** Fields that the instance marks as not editable are to be written nevertheless. */
  readonly ignoreMetaRestriction: boolean;
  /** User principal names, mail addresses or Entra ids of the only users to sync; empty: everybody. */
  readonly only: readonly string[];
  /** The one user to tell about; empty: none. */
  readonly explain: string;
  /** The run goes on although its plan exceeds a limit. */
  readonly overrideLimits: boolean;
  /** Path of the only plan that may be applied, from the workspace; empty: any may. */
  readonly expectedPlan: string;
  /** The digest that a plan must have to be applied; empty: any. */
  readonly expectedPlanDigest: string;
  readonly maxFailures: number;
  readonly concurrency: number;
  /** After so many minutes the run ends by itself; 0: never. */
  readonly timeoutMinutes: number;
  /** GitHub user names of those who are told of failures. */
  readonly contacts: readonly Contact[];
  /** What the watchdog looks after. */
  readonly watch: WatchInputs;
  readonly comment: CommentRule;
  /** Empty: nothing is uploaded. */
  readonly artifactName: string;
  /** `undefined`: what the repository has set. */
  readonly artifactRetentionDays: number | undefined;
  readonly reportDirectory: string;
  readonly githubToken: string;
  readonly personalData: (typeof personalDataWords)[number];
}

/** The inputs that are never to be seen. */
export const secretInputs = ['client-secret', 'client-certificate', 'client-certificate-password', 'oomnitza-api-token', 'oomnitza-password', 'oomnitza-client-certificate', 'github-token'];

/** What the secret inputs hold, to be made known before anything can fail. */
export function givenSecrets(): readonly string[] {
  return secretInputs.map((name) => getInput(name)).filter((secret) => secret !== '');
}

/**
 * Reads all inputs.
 *
 * @param offline whether the run asks neither side, so that what it was given for that does not count
 * @throws SyncError `invalid-input` that names everything that is wrong at once
 */
export function readInputs(environment: Readonly<Record<string, string | undefined>>, offline = false): Inputs {
  const reader = new InputReader();
  const mode = reader.oneOf('mode', modes);
  const cloud = readCloud(reader);
  const graphUrl = reader.origin('graph-url', cloud.graphUrl);
  const explain = readExplain(reader, mode);
  if (mode === 'suggest' && getInput('only') !== '') reader.fault('`only` cannot stand beside `mode: suggest`, which looks at a sample of all users.');
  const watches = mode === 'watchdog';
  const inputs: Inputs = {
    mode: explain !== '' && mode === 'auto' ? 'plan' : mode,
    syncFile: readSyncFilePath(),
    authorityHost: reader.origin('authority-host', cloud.authorityHost),
    graphUrl,
    graphScope: getInput('graph-scope') || `${graphUrl.origin}/.default`,
    microsoft: offline || watches ? undefined : readMicrosoft(reader, mode !== 'validate', cloud),
    oomnitza: offline || watches ? undefined : readOomnitza(reader, mode !== 'validate'),
    oomnitzaApi: reader.oneOf('oomnitza-api', oomnitzaApis),
    connectorName: readConnectorName(reader),
    ignoreMetaRestriction: reader.yesOrNo('oomnitza-ignore-meta-restriction'),
    only: reader.list('only'),
    explain,
    overrideLimits: reader.yesOrNo('override-limits'),
    expectedPlan: getInput('expected-plan'),
    expectedPlanDigest: readDigest(reader),
    maxFailures: reader.wholeNumber('max-failures', 0, Number.MAX_SAFE_INTEGER) ?? 0,
    concurrency: reader.wholeNumber('concurrency', 1, 32) ?? 8,
    timeoutMinutes: reader.wholeNumber('timeout-minutes', 0, Number.MAX_SAFE_INTEGER) ?? 0,
    contacts: readContacts(reader),
    watch: readWatch(reader, watches),
    comment: reader.oneOf('comment', commentRules),
    artifactName: readArtifactName(reader),
    artifactRetentionDays: reader.wholeNumber('artifact-retention-days', 1, 400),
    reportDirectory: getInput('report-directory') || defaultReportDirectory(environment),
    githubToken: getInput('github-token'),
    personalData: reader.oneOf('personal-data', personalDataWords),
  };
  reader.throwIfWrong();
  return inputs;
}

/** Where the files of a run go when nothing else is asked for; steps of one job do not share it. */
export function defaultReportDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  return `${environment['RUNNER_TEMP'] || '.'}/oomnitza-user-sync/${environment['GITHUB_ACTION'] || 'run'}`;
}

function readExplain(reader: InputReader, mode: Mode): string {
  const given = getInput('explain');
  if (given === '') return '';
  if (mode === 'apply') reader.fault('`explain` cannot stand beside `mode: apply`: it tells about one user and writes nothing.');
  if (mode === 'validate') reader.fault('`explain` cannot stand beside `mode: validate`, which reads nobody.');
  if (mode === 'suggest') reader.fault('`explain` cannot stand beside `mode: suggest`, which looks at nobody in particular.');
  if (getInput('expected-plan') + getInput('expected-plan-digest') !== '') {
    reader.fault('`explain` cannot stand beside `expected-plan` or `expected-plan-digest`: it plans for one user alone.');
  }
  if (getInput('only') !== '') reader.fault('`explain` cannot stand beside `only`: it reads one user alone.');
  if (/[,\r\n]/.test(given)) reader.fault(`\`explain\` is ${reserve(shown(given))}; it takes one user principal name, mail address or Entra id.`);
  reader.limit('explain', [given]);
  return given;
}

function readDigest(reader: InputReader): string {
  const given = getInput('expected-plan-digest');
  if (!/^(?:[0-9a-f]{64})?$/i.test(given)) {
    reader.fault(`\`expected-plan-digest\` is ${shown(given)}; it takes the output \`plan-digest\` of another run: 64 characters of 0 to 9 and a to f.`);
  }
  return given.toLowerCase();
}

function readArtifactName(reader: InputReader): string {
  // An input that is left out has the default of action.yml, so empty is really meant.
  const given = getInput('artifact-name');
  if (/[":<>|*?\r\n\\/]/.test(given)) {
    reader.fault(`\`artifact-name\` is ${shown(given)}; it may not contain any of " : < > | * ? \\ / or a line break.`);
  }
  return given;
}
