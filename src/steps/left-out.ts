import type { UsableRules } from '../config/index.ts';

/** Sentences on the rules of the preset that this instance cannot take. */
export function leftOutOfPreset({ missing, notEditable }: UsableRules): readonly string[] {
  return [
    ...(missing.length === 0 ? [] : [`Left out of the preset, because the instance has no such field: ${missing.join(', ')}.`]),
    ...(notEditable.length === 0 ? [] : [`Left out of the preset, because the instance marks the field as not editable: ${notEditable.join(', ')}.`]),
  ];
}
