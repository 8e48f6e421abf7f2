import { compileConversion, converters } from '../converters/index.ts';
import type { Position } from '../errors.ts';
import { byCodePoint } from '../field-value.ts';
import type { WrittenExpression } from './expression-schema.ts';
import { inFileOrder } from './file-order.ts';
import { limitOf } from './limits.ts';
import { presets } from './presets.ts';
import type { WrittenRule } from './rule-schema.ts';
import { parseSourcePath } from './source-path.ts';
import type { WrittenSyncFile } from './schema.ts';
import type { CreateDefault, Expression, FieldRule, Limit, LimitName, SaasTarget, SyncFile, SyncKey } from './sync-file.ts';
import { entryOf, nearestKeyPosition, nodeAt, positionAt, type YamlNode, type YamlPath } from './yaml-node.ts';

/**
 * Puts a sync file in which nothing is wrong into the form that a run uses: the user's rules laid over the preset's,
 * defaults filled in, each part with its place.
 */
export function buildSyncFile(root: YamlNode, written: WrittenSyncFile): SyncFile {
  const { enabled, preference, source } = written;
  const identity = written.identity === undefined ? undefined : { field: written.identity, position: positionAt(root, ['identity']) };
  const syncKeys = (written['sync-keys'] ?? []).map((field, index) => ({ field, position: positionAt(root, ['sync-keys', index]) }));
  return {
    enabled,
    source: {
      kind: source.kind,
      kindPosition: positionAt(root, ['source', 'kind']),
      filter: source.filter === undefined ? undefined : { text: source.filter, position: positionAt(root, ['source', 'filter']) },
      groups: (source.groups ?? []).map((id, index) => ({ id, position: positionAt(root, ['source', 'groups', index]) })),
      minUsers: source['min-users'],
    },
    scope: written.scope.map((condition, index) => expressionAt(root, nodeAt(root, ['scope'])?.kind === 'list' ? ['scope', index] : ['scope'], condition)),
    preference,
    identity,
    syncKeys: identity === undefined ? syncKeys : [identity, ...syncKeys],
    leavers: leaversOf(root, written),
    limits: limitsOf(root, written),
    protect: written.protect.map(String),
    defaults: Object.entries(written.defaults)
      .map(([field, value]): CreateDefault => ({ field, value, origin: entryOf(root, 'defaults') === undefined ? 'preset' : 'user', position: nearestKeyPosition(root, ['defaults', field]) }))
      .sort(byField),
    rules: rulesOf(root, written, identity),
    saas: saasOf(root, written),
  };
}

function saasOf(root: YamlNode, { saas }: WrittenSyncFile): SaasTarget | undefined {
  if (saas === undefined) return undefined;
  const externalId = { ...saas['external-id'], position: positionAt(root, ['saas', 'external-id']) };
  return { application: saas.application, position: positionAt(root, ['saas', 'application']), externalId };
}

function leaversOf(root: YamlNode, { identity, leavers: { disabled, missing, returning, marker } }: WrittenSyncFile): SyncFile['leavers'] {
  return {
    disabled,
    missing: missing ?? (identity === undefined ? 'ignore' : 'report'),
    returning,
    marker: marker === undefined ? undefined : { field: marker, position: positionAt(root, ['leavers', 'marker']) },
    missingPosition: positionAt(root, ['leavers', 'missing']),
    returningPosition: positionAt(root, ['leavers', 'returning']),
  };
}

function limitsOf(root: YamlNode, { limits }: WrittenSyncFile): Readonly<Record<LimitName, Limit>> {
  const limit = (name: LimitName): Limit => ({ ...limitOf(limits[name]), position: nodeAt(root, ['limits', name])?.position });
  return { creates: limit('creates'), updates: limit('updates'), suspends: limit('suspends'), restores: limit('restores'), shrink: limit('shrink') };
}

function rulesOf(root: YamlNode, { source, preset = source.kind, fields }: WrittenSyncFile, identity: SyncKey | undefined): FieldRule[] {
  const rules = new Map<string, FieldRule>();
  const position = nearestKeyPosition(root, ['preset']);
  for (const [field, texts] of presets[preset]) {
    const paths = texts.map(parseSourcePath).filter((path) => 'segments' in path);
    const from = { kind: 'source', paths: paths.map((path) => ({ ...path, position })) } as const;
    rules.set(field, { field, from, convert: undefined, default: undefined, required: false, apply: 'always', whenEmpty: 'keep', origin: 'preset', position });
  }
  for (const [field, rule] of Object.entries(fields)) {
    if (rule === null) rules.delete(field);
    else rules.set(field, userRule(root, field, rule));
  }
  if (identity !== undefined) rules.set(identity.field, identityRule(identity));
  return [...rules.values()].sort(byField);
}

/** The Entra id is written like any other value, so that filling it is an update. */
function identityRule({ field, position }: SyncKey): FieldRule {
  const from = { kind: 'source', paths: [{ text: 'id', segments: ['id'], position }] } as const;
  return { field, from, convert: undefined, default: undefined, required: false, apply: 'always', whenEmpty: 'keep', origin: 'user', position };
}

function userRule(root: YamlNode, field: string, { from, calls, ...rule }: WrittenRule): FieldRule {
  const path = ['fields', field];
  const convert = calls.length === 0 ? undefined : compileConversion(inFileOrder(calls, nodeAt(root, [...path, 'convert'])), converters);
  const defaultTo = rule.default === undefined ? undefined : { value: rule.default, position: positionAt(root, [...path, 'default']) };
  const common = { ...rule, default: defaultTo, convert, field, origin: 'user', position: nearestKeyPosition(root, path) } as const;
  if (from.kind === 'value') return { ...common, from: { ...from, position: positionAt(root, [...path, 'value']) } };
  if (from.kind === 'expression') {
    return { ...common, from: { kind: 'expression', expression: expressionAt(root, [...path, 'expression'], from.expression) } };
  }
  const paths = from.paths.map((inUser, index) => ({ ...inUser, position: positionOfSource(root, path, index) }));
  return { ...common, from: { kind: 'source', paths } };
}

function expressionAt(root: YamlNode, path: YamlPath, { text, compiled }: WrittenExpression): Expression {
  const node = nodeAt(root, path);
  const position = positionAt(root, path);
  const inside = (offset: number): Position => (node?.kind === 'scalar' ? node.positionOf?.(offset) : undefined) ?? position;
  return { text, compiled, position, positionOf: inside, properties: compiled.properties.map(({ name, offset }) => ({ name, position: inside(offset) })) };
}

/** The paths of a rule stand under `source` or, in the short form, in its place. */
function positionOfSource(root: YamlNode, rule: YamlPath, index: number): Position {
  const isLong = nodeAt(root, [...rule, 'source']) !== undefined;
  return positionAt(root, isLong ? [...rule, 'source', index] : [...rule, index]);
}

function byField(left: { readonly field: string }, right: { readonly field: string }): number {
  return byCodePoint(left.field, right.field);
}
