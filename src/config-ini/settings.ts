import type { Scalar } from '../field-value.ts';
import type { Confidential } from './confidential.ts';
import { isMapping } from './field-spec.ts';
import type { IniEntry, IniSection } from './ini.ts';
import { keptEntry, keptKey, keptProgram, type Kept } from './kept.ts';
import { isTrue, truthOf } from './truth.ts';

/** A value of the sync file, with what there is to say about it. */
export interface Noted<Value> {
  readonly value: Value;
  readonly note?: string;
}

/** What the settings of a section, other than its mapping, become. */
export interface ConvertedSettings {
  readonly enabled: Noted<boolean>;
  readonly preference: 'create-only' | 'update-only' | undefined;
  readonly defaults: Noted<Readonly<Record<string, Scalar>>>;
  readonly kept: readonly Kept[];
}

/** Settings that are converted, here or where the sync keys, the rules and the workflow are made. */
const converted = new Set([
  'client_id',
  'default_position',
  'default_role',
  'enable',
  'insert_only',
  'secret',
  'sync_field',
  'tenant_id',
  'update_only',
  'use_server_map',
  'vault_alias',
  'vault_backend',
  'vault_keys',
]);

const ownAuthority = 'give the certificate of your own authority to the runner with NODE_EXTRA_CA_CERTS';
const forAssets = 'the connector heeds it for assets alone; for one field there is `apply: if-empty`';

/** Other settings of the connector (lib/connector.py, `CommonSettings`): the value that needs no word, and the word. */
const unconverted: ReadonlyMap<string, { readonly isUsual: (value: string) => boolean; readonly why: string }> = new Map([
  ['verify_ssl', { isUsual: isTrue, why: `certificates are always checked; ${ownAuthority}` }],
  ['cacert_file', { isUsual: isBlank, why: ownAuthority }],
  ['cacert_dir', { isUsual: isBlank, why: ownAuthority }],
  ['ssl_protocol', { isUsual: isBlank, why: 'both sides agree on the version of TLS' }],
  ['user_pem_file', { isUsual: isBlank, why: 'Microsoft is not asked with this certificate' }],
  ['only_if_filled', { isUsual: isBlank, why: forAssets }],
  ['dont_overwrite', { isUsual: isBlank, why: forAssets }],
  ['connector_bulk_mode', { isUsual: isNotTrue, why: 'the input `oomnitza-api: bulk` of the workflow does the same, as an experiment' }],
  ['test_run', { isUsual: isNotTrue, why: 'run the workflow by hand with `plan` to see what would be written' }],
  ['is_custom', { isUsual: isNotTrue, why: 'it is for other connectors' }],
]);

const filterWhy = 'it is Python; write the condition in CEL under `scope`, or as a filter of Microsoft Graph under `source.filter`';

/** Converts the settings of an `[azureusers…]` section. */
export function convertedSettings(section: IniSection, confidential: Confidential): ConvertedSettings {
  const { entries } = section;
  const insertOnly = flagOf(entries.get('insert_only'));
  const updateOnly = flagOf(entries.get('update_only'));
  const contradicts = insertOnly === true && updateOnly === true;
  const kept = [
    ...[...entries.values()].flatMap((entry) => keptSetting(entry, confidential)),
    ...section.replaced.map(({ entry, by }) => replacedEntry(entry, by, confidential)),
    ...['insert_only', 'update_only'].flatMap((key) => {
      const entry = entries.get(key);
      if (entry === undefined || entry.value === '' || (flagOf(entry) !== undefined && !contradicts)) return [];
      const why = contradicts ? 'together they make the connector fail, so this sync is not enabled' : 'it is neither true nor false';
      return [keptEntry(entry, why, confidential)];
    }),
  ];
  return {
    enabled: contradicts ? { value: false, note: 'config.ini asks to create only and to update only.' } : enabledBy(entries),
    preference: contradicts ? undefined : preferenceOf(insertOnly, updateOnly),
    defaults: defaultsOf(entries, confidential),
    kept,
  };
}

function isBlank(value: string): boolean {
  return value === '';
}

function isNotTrue(value: string): boolean {
  return !isTrue(value);
}

function keptSetting(entry: IniEntry, confidential: Confidential): Kept[] {
  if (converted.has(entry.key) || isMapping(entry)) return [];
  if (entry.key === 'recordfilter') return [keptProgram(entry, filterWhy, confidential)];
  const known = unconverted.get(entry.key);
  if (known === undefined) return [keptKey(entry, 'the connector has no such setting; its value is not shown, since it may be a secret', confidential)];
  return known.isUsual(entry.value) ? [] : [keptEntry(entry, known.why, confidential)];
}

/** Shows its value only where that cannot be a secret. */
function replacedEntry(entry: IniEntry, by: number, confidential: Confidential): Kept {
  const why = `line ${by} sets the same again, which is what counts`;
  return isMapping(entry) ? keptEntry(entry, why, confidential) : keptKey(entry, why, confidential);
}

function flagOf(entry: IniEntry | undefined): boolean | undefined {
  return entry === undefined ? false : truthOf(entry.value);
}

function enabledBy(entries: IniSection['entries']): Noted<boolean> {
  if (truthOf(entries.get('enable')?.value ?? '') !== true) {
    return { value: false, note: 'config.ini does not enable this section, so that the connector leaves it out.' };
  }
  if (!entries.has('recordfilter')) return { value: true };
  return { value: false, note: 'Not enabled before the recordfilter below is written as a `scope`: without it, people would be synced that the connector leaves out.' };
}

function preferenceOf(insertOnly: boolean | undefined, updateOnly: boolean | undefined): 'create-only' | 'update-only' | undefined {
  if (insertOnly === true) return 'create-only';
  return updateOnly === true ? 'update-only' : undefined;
}

/** The connector does not start without a role and a position; 25 is Oomnitza's role Employee. */
function defaultsOf(entries: IniSection['entries'], confidential: Confidential): Noted<Readonly<Record<string, Scalar>>> {
  const role = usable(entries.get('default_role'), confidential);
  const position = usable(entries.get('default_position'), confidential);
  const missing = [...(role === undefined ? ['default_role'] : []), ...(position === undefined ? ['default_position'] : [])];
  const note = `config.ini has no usable ${missing.join(' and ')}, so this is the usual value.`;
  return {
    value: { role: role === undefined ? 25 : scalarOf(role), position: position ?? 'Employee' },
    ...(missing.length === 0 ? {} : { note }),
  };
}

function usable(entry: IniEntry | undefined, confidential: Confidential): string | undefined {
  return entry === undefined || entry.value === '' || confidential.isIn(entry.value) ? undefined : entry.value;
}

/** A role is a number in Oomnitza; as a text it stays where it would not be written the same. */
function scalarOf(text: string): Scalar {
  return /^(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}
