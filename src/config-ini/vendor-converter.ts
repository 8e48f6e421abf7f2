import { graphProperty } from './graph-properties.ts';
import type { YamlValue } from '../yaml-text.ts';

/** What a converter of the connector becomes in a rule, or why it becomes nothing. */
export type ConvertedConverter =
  | { readonly kind: 'convert'; readonly convert: YamlValue }
  | { readonly kind: 'further-sources'; readonly paths: readonly string[] }
  | { readonly kind: 'expression'; readonly expression: string }
  | { readonly kind: 'none'; readonly why: string };

type Parameters = ReadonlyMap<string, string | true>;

/** Those that do the same here; what each gives is compared in the tests. */
const renamed: Readonly<Record<string, string>> = {
  capitalize: 'capitalize',
  date_format: 'epoch_seconds',
  first_from_full: 'first_from_full',
  last_from_full: 'last_from_full',
  ldap_timestamp: 'ldap_timestamp',
  split_email: 'split_email',
  timestamp: 'epoch_seconds',
};

const withParameters: Readonly<Record<string, (parameters: Parameters) => ConvertedConverter>> = {
  concat,
  first_field: firstField,
  location,
  memberOf,
  split,
};

/**
 * Translates `name` or `name:key=value|key=value`, taken apart as the connector does (lib/connector.py,
 * `apply_converter`).
 *
 * @param custom names under `[converters]`, in small letters: they come before the connector's own
 */
export function convertedConverter(written: string, custom: ReadonlySet<string>): ConvertedConverter {
  const colon = written.indexOf(':');
  const name = colon < 0 ? written : written.slice(0, colon);
  if (custom.has(name.toLowerCase())) return none('its converter is Python of [converters]; write what that does as an `expression`');
  const parameters = colon < 0 ? new Map<string, string | true>() : parametersOf(written.slice(colon + 1));
  const same = own(renamed, name);
  if (same !== undefined) return { kind: 'convert', convert: same };
  return own(withParameters, name)?.(parameters) ?? none('its converter is none that is known of the connector');
}

/** A name in a file may be that of something every object has. */
function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function parametersOf(text: string): Parameters {
  const parameters = new Map<string, string | true>();
  for (const parameter of text.split('|')) {
    const equals = parameter.indexOf('=');
    if (equals < 0) parameters.set(parameter, true);
    else parameters.set(parameter.slice(0, equals), parameter.slice(equals + 1));
  }
  return parameters;
}

function none(why: string): ConvertedConverter {
  return { kind: 'none', why };
}

function split(parameters: Parameters): ConvertedConverter {
  const on = parameters.get('on');
  const written = parameters.get('index') ?? '0';
  if (on === true || on === '') return none('it splits on nothing, so that the connector leaves the value as it is');
  if (written === true || !/^\s*[+-]?\d{1,15}\s*$/.test(written)) return none('its index is no whole number, so that the connector leaves the value as it is');
  const index = Number(written);
  const args = { ...(on === undefined ? {} : { on }), ...(index === 0 ? {} : { index }) };
  return { kind: 'convert', convert: Object.keys(args).length === 0 ? 'split' : { split: args } };
}

function memberOf(parameters: Parameters): ConvertedConverter {
  const map = Object.fromEntries([...parameters].filter(([key]) => key !== 'default'));
  const otherwise = parameters.get('default');
  if (Object.keys(map).length === 0) return none('it names nothing to look for');
  if (Object.values(map).includes('') || otherwise === '') return none('one of its results is empty');
  return { kind: 'convert', convert: { member_of: { map, ...(otherwise === undefined ? {} : { default: otherwise }) } } };
}

function location(parameters: Parameters): ConvertedConverter {
  const args = Object.fromEntries([...parameters].filter(([key, value]) => ['field', 'label'].includes(key) && value !== true));
  return { kind: 'convert', convert: Object.keys(args).length === 0 ? 'location' : { location: args } };
}

/** The value, else the first of further fields that has one: what a list of sources means. */
function firstField(parameters: Parameters): ConvertedConverter {
  const fields = parameters.get('fields');
  if (fields === undefined || fields === true || fields === '') return none('it names no fields');
  const paths = fields.split(',').map((field) => graphProperty(field)?.path);
  const known = paths.filter((path) => path !== undefined);
  return known.length === paths.length ? { kind: 'further-sources', paths: known } : none('Microsoft Graph has not all of its fields');
}

/** Fields and texts in quotes, put together; the connector trims the fields. */
function concat(parameters: Parameters): ConvertedConverter {
  const values = parameters.get('values');
  if (values === undefined || values === true || values === '') return none('it names no values');
  const terms = values.split(',').map(termOf);
  const known = terms.filter((term) => term !== undefined);
  return known.length === terms.length ? { kind: 'expression', expression: known.join(' + ') } : none('not all of its values are texts of the directory user');
}

function termOf(value: string): string | undefined {
  const literal = /^(["'])(.*)\1$/s.exec(value)?.[2];
  if (literal !== undefined) return JSON.stringify(literal);
  const property = graphProperty(value);
  return property?.isText === true ? `trim(user.${property.path})` : undefined;
}
