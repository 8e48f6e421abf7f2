import { isFault, propertyAt, type GraphType } from '../graph-user/index.ts';
import type { ValueKind } from '../instance-field/index.ts';
import type { Position } from '../errors.ts';
import type { FieldRule } from './sync-file.ts';

/** What a rule is known to give from each of its sources, with their places; nothing for a constant, which is known itself. */
export function kindsOf({ from, convert }: FieldRule): readonly { readonly kind: ValueKind; readonly position: Position }[] {
  const converted = (kind: ValueKind): ValueKind => convert?.gives ?? kind;
  switch (from.kind) {
    case 'value':
      return [];
    case 'expression':
      return [{ kind: converted(from.expression.compiled.gives), position: from.expression.position }];
    case 'source':
      return from.paths.map(({ segments, position }) => ({ kind: converted(kindAt(segments)), position }));
  }
}

function kindAt(segments: readonly (string | number)[]): ValueKind {
  const found = propertyAt(segments);
  return isFault(found) ? 'any' : kindOf(found);
}

function kindOf({ kind }: GraphType): ValueKind {
  switch (kind) {
    case 'text':
    case 'boolean':
    case 'any':
      return kind;
    case 'integer':
      return 'number';
    case 'date-time':
      return 'time';
    case 'list':
      // Joined to one text.
      return 'text';
    case 'object':
      return 'any';
  }
}
