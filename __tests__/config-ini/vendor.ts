/*
 * The rules of the vendor's connector in short, apart from our own code: how it puts a mapping together and what a
 * user's fields become (github.com/Oomnitza/oomnitza-connector: lib/connector.py, converters/). For comparison only.
 */

export interface VendorSpec {
  readonly source?: string;
  readonly setting?: string;
  readonly hardcoded?: unknown;
  readonly converter?: string;
  readonly required?: unknown;
}

export type VendorRecord = Readonly<Record<string, unknown>>;
export type VendorMapping = Readonly<Record<string, VendorSpec>>;

/** What a converter cannot convert, and hands on as it is. */
export class Kept {
  readonly isKept = true;
}

/** The connector's own mapping, over it the instance's, over that the section's; then what `UserConnector` adds. */
export function vendorMapping(section: VendorMapping, instance: Readonly<Record<string, string | string[]>> = {}): VendorMapping {
  const mapping: Record<string, VendorSpec> = { PERMISSIONS_ID: { setting: 'default_role' } };
  for (const [source, ids] of Object.entries(instance)) for (const id of [ids].flat()) mapping[id] = { ...mapping[id], source };
  for (const [id, spec] of Object.entries(section)) mapping[id] = { ...mapping[id], ...spec };
  return { ...mapping, POSITION: mapping['POSITION'] ?? { setting: 'default_position' } };
}

/** The fields of one user by internal id; `null` where a required one is missing. */
export function vendorFields(mapping: VendorMapping, settings: Readonly<Record<string, string>>, record: VendorRecord): Record<string, unknown> | null {
  const fields: Record<string, unknown> = {};
  for (const [id, spec] of Object.entries(mapping)) {
    const given = spec.source ? field(spec.source, record) : spec.setting ? settings[spec.setting] : spec.hardcoded;
    const value = spec.converter ? convert(spec.converter, given, record) : given;
    if ((spec.required === true || spec.required === 'yes') && !value) return null;
    fields[id] = value;
  }
  return fields;
}

function field(source: string, record: VendorRecord): unknown {
  const [first = '', ...rest] = source.split('.');
  const value = Object.hasOwn(record, first) ? record[first] : null;
  return rest.length === 0 ? value : field(rest.join('.'), typeof value === 'object' ? { ...value } : {});
}

function convert(written: string, value: unknown, record: VendorRecord): unknown {
  const [name = '', ...after] = written.split(':');
  const parameters: Record<string, string> = {};
  for (const parameter of after.join(':').split('|')) {
    const [key = '', ...words] = parameter.split('=');
    parameters[key] = words.join('=');
  }
  return converters[name]?.(value, parameters, record);
}

const converters: Readonly<Record<string, (value: unknown, parameters: Readonly<Record<string, string>>, record: VendorRecord) => unknown>> = {
  capitalize: onText((text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase()),
  concat: (_value, { values = '' }, record) => {
    const parts = values.split(',').map((part) => {
      const value = record[part];
      return /^['"]/.test(part) ? part.slice(1, -1) : typeof value === 'string' ? value.trim() : undefined;
    });
    return parts.includes(undefined) ? null : parts.join('');
  },
  date_format: onText(seconds),
  first_field: (value, { fields = '' }, record) => value || (fields.split(',').map((name) => record[name]).find(Boolean) ?? null),
  first_from_full: onText((text) => text.split(' ')[0]),
  last_from_full: onText((text) => text.split(' ').pop()),
  ldap_timestamp: onText((text) => (/^\d+$/.test(text) ? Math.min(Math.floor(Number(text) / 1e7) - 11644473600, 253402300799) : new Kept())),
  memberOf: (value, { default: otherwise, ...map }) => {
    if (typeof value !== 'string' && !Array.isArray(value)) return null;
    const found = Object.entries(map).find(([text]) => value.includes(text));
    return found === undefined ? (otherwise ?? null) : found[1];
  },
  split: (value, { on, index = '0' }) =>
    onText((text) => {
      const parts = on === undefined ? text.split(' ').filter(Boolean) : text.split(on);
      return parts.at(Number(index)) ?? new Kept();
    })(value),
  split_email: onText((text) => text.split('@')[0]),
  timestamp: onText(seconds),
};

function onText(change: (text: string) => unknown): (value: unknown) => unknown {
  return (value) => (typeof value === 'string' && value !== '' ? change(value) : value);
}

function seconds(text: string): unknown {
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? new Kept() : Math.floor(milliseconds / 1000);
}
