import type { Position, Problem } from '../errors.ts';
import { propertyAskedFor } from '../graph-user/index.ts';
import type { SyncFile } from './sync-file.ts';

/**
 * Checks that what the mapping reads of users is read at all: without groups nobody has `groups`, and without Intune
 * nobody has `devices`, so such a field would be emptied for everybody.
 */
export function sourceProblems(syncFile: SyncFile): Problem[] {
  const { kind, groups } = syncFile.source;
  return readProperties(syncFile).flatMap(({ name, position }): Problem[] => {
    if (name === 'groups' && groups.length === 0) {
      const message = '`groups` are those of `source.groups` that hold the user, and the file names no group there.';
      return [{ message, hint: 'Add `source.groups` with the object ids of the groups.', position }];
    }
    if (name.split('.')[0] === 'devices' && kind !== 'intune') {
      return [{ message: '`devices` are read from Intune only.', hint: 'Set `source.kind: intune`.', position }];
    }
    return [];
  });
}

function readProperties({ rules, scope, saas }: SyncFile): { readonly name: string; readonly position: Position }[] {
  const expressions = [...scope, ...rules.flatMap(({ from }) => (from.kind === 'expression' ? [from.expression] : []))];
  const paths = [...rules.flatMap(({ from }) => (from.kind === 'source' ? from.paths : [])), ...(saas === undefined ? [] : [saas.externalId])];
  return [
    ...expressions.flatMap(({ compiled, position }) => compiled.properties.map(({ name }) => ({ name, position }))),
    ...paths.map(({ segments, position }) => ({ name: propertyAskedFor(segments), position })),
  ];
}
