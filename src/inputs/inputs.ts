import { getInput } from '@actions/core';
import { personalDataLevels } from '../report/index.ts';
import { reserve } from '../reserved.ts';
import { InputReader } from './input-reader.ts';
import { readCloud, readMicrosoft, type MicrosoftInputs } from './microsoft.ts';
import { oomnitzaApis, readConnectorName, readOomnitza, type OomnitzaApi, type OomnitzaInputs } from './oomnitza.ts';
import { shown } from './origin.ts';

export const modes = ['auto', 'validate', 'plan', 'apply'] as const;
export type Mode = (typeof modes)[number];

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
  readonly maxFailures: number;
  readonly concurrency: number;
  /** Empty: nothing is uploaded. */
  readonly artifactName: string;
  /** `undefined`: what the repository has set. */
  readonly artifactRetentionDays: number | undefined;
  readonly reportDirectory: string;
  readonly githubToken: string;
  readonly personalData: (typeof personalDataWords)[number];
}

/**
 * Reads all inputs.
 *
 * @param onSecret told of the secret ones before anything else is looked at
 * @param untrusted why GitHub gives this run no secrets, where it gives none
 * @throws SyncError `invalid-input` that names everything that is wrong at once
 */
export function readInputs(environment: Readonly<Record<string, string | undefined>>, onSecret: (secret: string) => void, untrusted?: string): Inputs {
  for (const secret of ['client-secret', 'client-certificate', 'client-certificate-password', 'oomnitza-api-token', 'oomnitza-password', 'oomnitza-client-certificate', 'github-token']) {
    if (getInput(secret) !== '') onSecret(getInput(secret));
  }
  const reader = new InputReader(untrusted !== undefined);
  const mode = reader.oneOf('mode', modes);
  const cloud = readCloud(reader);
  const graphUrl = reader.origin('graph-url', cloud.graphUrl);
  const explain = readExplain(reader, mode);
  const inputs: Inputs = {
    mode: explain !== '' && mode === 'auto' ? 'plan' : mode,
    syncFile: getInput('sync-file') || '.github/oomnitza-user-sync.yml',
    authorityHost: reader.origin('authority-host', cloud.authorityHost),
    graphUrl,
    graphScope: getInput('graph-scope') || `${graphUrl.origin}/.default`,
    microsoft: readMicrosoft(reader, mode !== 'validate', cloud),
    oomnitza: readOomnitza(reader, mode !== 'validate'),
    oomnitzaApi: reader.oneOf('oomnitza-api', oomnitzaApis),
    connectorName: readConnectorName(reader),
    ignoreMetaRestriction: reader.yesOrNo('oomnitza-ignore-meta-restriction'),
    only: reader.list('only'),
    explain,
    maxFailures: reader.wholeNumber('max-failures', 0, Number.MAX_SAFE_INTEGER) ?? 0,
    concurrency: reader.wholeNumber('concurrency', 1, 32) ?? 8,
    artifactName: readArtifactName(reader),
    artifactRetentionDays: reader.wholeNumber('artifact-retention-days', 1, 400),
    reportDirectory: getInput('report-directory') || defaultReportDirectory(environment),
    githubToken: getInput('github-token'),
    personalData: reader.oneOf('personal-data', personalDataWords),
  };
  reader.throwIfWrong(untrusted);
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
  if (getInput('only') !== '') reader.fault('`explain` cannot stand beside `only`: it reads one user alone.');
  if (/[,\r\n]/.test(given)) reader.fault(`\`explain\` is ${reserve(shown(given))}; it takes one user principal name, mail address or Entra id.`);
  return given;
}

function readArtifactName(reader: InputReader): string {
  // An input that is left out has the default of action.yml, so empty is really meant.
  const given = getInput('artifact-name');
  if (/[":<>|*?\r\n\\/]/.test(given)) {
    reader.fault(`\`artifact-name\` is ${shown(given)}; it may not contain any of " : < > | * ? \\ / or a line break.`);
  }
  return given;
}
