import { compileConversion, converters } from '../converters/index.ts';
import type { Position } from '../errors.ts';
import { byCodePoint } from '../field-value.ts';
import { presets } from './presets.ts';
import type { WrittenRule } from './rule-schema.ts';
import { parseSourcePath } from './source-path.ts';
import type { WrittenSyncFile } from './schema.ts';
import type { FieldRule, SyncFile } from './sync-file.ts';
import { nearestKeyPosition, nodeAt, positionAt, type YamlNode, type YamlPath } from './yaml-node.ts';

/**
 * Puts a sync file in which nothing is wrong into the form that a run uses: the user's rules laid over the preset's,
 * defaults filled in, each part with its place.
 */
export function buildSyncFile(root: YamlNode, written: WrittenSyncFile): SyncFile {
  const { enabled, preference, source } = written;
  return {
    enabled,
    source: {
      filter: source.filter === undefined ? undefined : { text: source.filter, position: positionAt(root, ['source', 'filter']) },
      minUsers: source['min-users'],
    },
    scope: written.scope.map(({ text, compiled }, index) => ({ text, compiled, position: positionAt(root, ['scope', index]) })),
    preference,
    syncKeys: written['sync-keys'].map((field, index) => ({ field, position: positionAt(root, ['sync-keys', index]) })),
    defaults: Object.entries(written.defaults)
      .map(([field, value]) => ({ field, value, position: nearestKeyPosition(root, ['defaults', field]) }))
      .sort(byField),
    rules: rulesOf(root, written),
  };
}

function rulesOf(root: YamlNode, { preset, fields }: WrittenSyncFile): FieldRule[] {
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
  return [...rules.values()].sort(byField);
}

function userRule(root: YamlNode, field: string, { from, calls, ...rule }: WrittenRule): FieldRule {
  const path = ['fields', field];
  const convert = calls.length === 0 ? undefined : compileConversion(calls, converters);
  const defaultTo = rule.default === undefined ? undefined : { value: rule.default, position: positionAt(root, [...path, 'default']) };
  const common = { ...rule, default: defaultTo, convert, field, origin: 'user', position: nearestKeyPosition(root, path) } as const;
  if (from.kind === 'value') return { ...common, from: { ...from, position: positionAt(root, [...path, 'value']) } };
  if (from.kind === 'expression') {
    return { ...common, from: { kind: 'expression', expression: { ...from.expression, position: positionAt(root, [...path, 'expression']) } } };
  }
  const paths = from.paths.map((inUser, index) => ({ ...inUser, position: positionOfSource(root, path, index) }));
  return { ...common, from: { kind: 'source', paths } };
}

/** The paths of a rule stand under `source` or, in the short form, in its place. */
function positionOfSource(root: YamlNode, rule: YamlPath, index: number): Position {
  const isLong = nodeAt(root, [...rule, 'source']) !== undefined;
  return positionAt(root, isLong ? [...rule, 'source', index] : [...rule, index]);
}

function byField(left: { readonly field: string }, right: { readonly field: string }): number {
  return byCodePoint(left.field, right.field);
}
