import { converters, InvalidValue } from '../converters/index.ts';
import type { Scalar } from '../field-value.ts';
import { isSecretKey, type Confidential } from './confidential.ts';
import type { FieldSpec } from './field-spec.ts';
import { connectorName, graphProperty } from './graph-properties.ts';
import { isTrue } from './truth.ts';
import { convertedConverter, type ConvertedConverter } from './vendor-converter.ts';
import type { YamlValue } from '../yaml-text.ts';

/** What the rule of a field depends on besides its spec. */
export interface RuleContext {
  /** Oomnitza's name of the field. */
  readonly field: string;
  /** Settings of the section. */
  readonly settings: ReadonlyMap<string, string>;
  /** Names under `[converters]`. */
  readonly custom: ReadonlySet<string>;
  /** Where the instance's mapping is not known: the source that the preset has in its stead. */
  readonly presetPath: string | undefined;
  readonly confidential: Confidential;
}

/** The rule that a spec becomes: `default` where `defaults` says it already. */
export type ConvertedRule =
  | { readonly kind: 'rule'; readonly rule: YamlValue; readonly remark?: string }
  | { readonly kind: 'default' }
  | { readonly kind: 'none'; readonly why: string };

type Origin =
  | { readonly kind: 'source'; readonly path: string }
  | { readonly kind: 'value'; readonly value: Scalar }
  | { readonly kind: 'none'; readonly why: string };

/** The settings that stand under `defaults`, by the field they are for. */
const defaultSettings: Readonly<Record<string, string>> = { role: 'default_role', position: 'default_position' };

/** Turns the spec of a field into its rule: a source comes before a setting, that before a constant. */
export function convertedRule(spec: FieldSpec, context: RuleContext): ConvertedRule {
  if (spec.has('type')) return none('`type` makes the connector fail');
  const converter = spec.get('converter');
  if (isDefault(spec, context) && !isGiven(converter)) return { kind: 'default' };
  const origin = originOf(spec, context);
  if (origin.kind === 'none') return origin;
  if (isGiven(converter) && typeof converter !== 'string') return none('its converter is no text');
  if (typeof converter === 'string' && context.confidential.isIn(converter)) return none('its converter holds a secret');
  const converted = typeof converter === 'string' && converter !== '' ? convertedConverter(converter, context.custom) : undefined;
  if (converted?.kind === 'none') return converted;
  if (converted?.kind === 'convert' && origin.kind === 'value' && isRefused(origin.value, converted.convert)) {
    return none('its converter cannot convert the constant');
  }
  const rule = {
    ...given(origin, converted),
    ...(converted?.kind === 'convert' ? { convert: converted.convert } : {}),
    ...(isTrue(spec.get('required')) ? { required: true } : {}),
  };
  if (context.field !== 'role') return { kind: 'rule', rule: shortened(rule) };
  return {
    kind: 'rule',
    rule: { ...rule, apply: 'always' },
    remark: 'As in the connector, every run sets the role. With `apply: on-create` a role that was changed by hand stays.',
  };
}

/** Whether a converter, `split` or `{ split: … }`, makes nothing of a constant; a sync file that asks for that is wrong. */
function isRefused(value: Scalar, convert: YamlValue): boolean {
  const name = typeof convert === 'object' && convert !== null ? (Object.keys(convert)[0] ?? '') : String(convert);
  const converter = converters.get(name);
  if (converter === undefined) return false;
  if (typeof convert === 'string') return converter.convert(value) instanceof InvalidValue;
  return typeof value === 'boolean' || (typeof value === 'number' && !converter.takes.includes('number'));
}

function none(why: string): { readonly kind: 'none'; readonly why: string } {
  return { kind: 'none', why };
}

/** Python takes the empty for missing. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== false && value !== 0;
}

function isDefault(spec: FieldSpec, { field }: RuleContext): boolean {
  return !isGiven(spec.get('source')) && isGiven(spec.get('setting')) && spec.get('setting') === defaultSettings[field];
}

function originOf(spec: FieldSpec, context: RuleContext): Origin {
  const source = spec.get('source');
  const setting = spec.get('setting');
  const hardcoded = spec.get('hardcoded');
  if (isGiven(source)) return fromSource(source);
  if (isGiven(setting)) return fromSetting(setting, context);
  if (hardcoded !== undefined && hardcoded !== null) return constant(hardcoded, context);
  if (context.presetPath !== undefined) return { kind: 'source', path: context.presetPath };
  return none('it names neither source nor setting nor constant, and what it adds to is known to the instance alone');
}

function fromSource(source: unknown): Origin {
  if (typeof source !== 'string') return none('its source is no text');
  const property = graphProperty(source);
  if (property !== undefined) return { kind: 'source', path: property.path };
  const meant = connectorName(source);
  const hint = meant === undefined ? '' : `; the connector calls it \`${meant}\`, and found nothing under this name`;
  return none(`its source is no property of a user in Microsoft Graph that a field can hold${hint}`);
}

function fromSetting(setting: unknown, { settings, confidential }: RuleContext): Origin {
  if (typeof setting !== 'string') return none('its setting is no text');
  if (isSecretKey(setting)) return none('its setting holds a secret');
  const value = settings.get(setting) ?? '';
  if (value === '') return none('the section has no such setting');
  return confidential.isIn(value) ? none('its setting holds a secret') : { kind: 'value', value };
}

function constant(value: unknown, { confidential }: RuleContext): Origin {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return { kind: 'value', value };
  if (typeof value !== 'string') return none('a field holds no list, no mapping and no number of that size');
  if (value.trim() === '') return none('it would empty the field, which a constant cannot do here');
  return confidential.isIn(value) ? none('it holds a secret') : { kind: 'value', value };
}

function given(origin: Exclude<Origin, { kind: 'none' }>, converted: ConvertedConverter | undefined): Readonly<Record<string, YamlValue>> {
  if (converted?.kind === 'expression') return { expression: converted.expression };
  if (origin.kind === 'value') return { value: origin.value };
  const further = converted?.kind === 'further-sources' ? converted.paths.filter((path) => path !== origin.path) : [];
  return { source: further.length === 0 ? origin.path : [origin.path, ...further] };
}

/** A rule of nothing but its source is written as that. */
function shortened(rule: Readonly<Record<string, YamlValue>>): YamlValue {
  return Object.keys(rule).length === 1 && rule['source'] !== undefined ? rule['source'] : rule;
}
