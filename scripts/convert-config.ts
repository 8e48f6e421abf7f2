import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs, TextDecoder } from 'node:util';
import { convertConfig, readInstance, type Instance } from '../src/config-ini/index.ts';
import { asSyncError, SyncError } from '../src/errors.ts';
import { createHttp, httpDefaults } from '../src/http/index.ts';
import { callForAnswer, connectOomnitza } from '../src/oomnitza/client.ts';
import { orUnavailable } from '../src/oomnitza/failure.ts';
import { apiToken } from '../src/oomnitza/index.ts';
import { revealed } from '../src/reserved.ts';

/*
 * Converts a config.ini of the vendor's connector: npm run convert-config -- <config.ini> [--url <instance>]
 * Writes a sync file and a workflow for each of its azureusers sections into the current folder.
 */

const usage = 'npm run convert-config -- <config.ini> [--url https://<instance>.oomnitza.com], with the API token in OOMNITZA_API_TOKEN';

try {
  const { path, url } = argumentsGiven();
  const instance = url === undefined ? undefined : await instanceAt(url);
  const { files, secrets, variables, remarks } = convertConfig(textOf(path), instance);
  const present = files.filter(({ name }) => existsSync(name)).map(({ name }) => name);
  if (present.length > 0) {
    throw new SyncError('invalid-input', `The current folder has ${present.join(', ')} already.`, { hint: 'Move them away: what was changed in them would be lost.' });
  }
  for (const { name, text } of files) {
    writeFileSync(name, text, { flag: 'wx' });
    console.log(`${name} written`);
  }
  for (const { name, holds } of secrets) console.log(`Create the repository secret ${name}: it holds ${holds}.`);
  for (const { name, holds } of variables) console.log(`Create the repository variable ${name}: it holds ${holds}.`);
  for (const remark of remarks) console.log(remark);
} catch (thrown) {
  const { message, hint } = asSyncError(thrown);
  console.error(revealed(`${message}\n${hint}`.trimEnd()));
  process.exitCode = 1;
}

function argumentsGiven(): { readonly path: string; readonly url: URL | undefined } {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { url: { type: 'string' } } });
    const [path] = positionals;
    if (path !== undefined && positionals.length === 1) return { path, url: values.url === undefined ? undefined : addressOf(values.url) };
  } catch (thrown) {
    if (thrown instanceof SyncError) throw thrown;
  }
  throw new SyncError('invalid-input', 'The arguments are wrong.', { hint: `Usage: ${usage}` });
}

/** The token goes there, so it has to be https, and nothing of the address is repeated. */
function addressOf(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' && url.pathname === '/' && url.search + url.hash + url.username + url.password === '') return url;
  throw new SyncError('invalid-input', '`--url` takes the https address of the Oomnitza instance, without a path.', { hint: `Usage: ${usage}` });
}

function textOf(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (thrown) {
    const code = String(Reflect.get(Object(thrown), 'code'));
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new SyncError('invalid-input', `${path} is not UTF-8.`, { hint: 'Save it as UTF-8.', cause: thrown });
    throw new SyncError('invalid-input', `${path} cannot be read (${code}).`, { hint: `Usage: ${usage}`, cause: thrown });
  }
}

async function instanceAt(url: URL): Promise<Instance> {
  const token = process.env['OOMNITZA_API_TOKEN'] ?? '';
  if (token === '') throw new SyncError('invalid-input', 'OOMNITZA_API_TOKEN is empty.', { hint: `Usage: ${usage}` });
  const http = createHttp({ ...httpDefaults, signal: new AbortController().signal, onRetry: (sentence) => { console.error(sentence); } });
  const oomnitza = connectOomnitza({ url, token: apiToken(token), ignoreMetaRestriction: false }, http);
  const mapping = await callForAnswer(oomnitza, {
    method: 'GET',
    path: '/api/v2/mappings',
    parameters: { name: 'Azureusers' },
    doing: 'reading the mapping of the connector',
  });
  // Known from the API's other objects only: an instance that does not have it leaves the ids of custom fields unknown.
  const metadata = await orUnavailable(oomnitza.call({ method: 'GET', path: '/api/v3/users/meta', doing: 'reading the fields of people' }));
  return readInstance(url, mapping.json, metadata.status === 200 ? metadata.json : undefined);
}
