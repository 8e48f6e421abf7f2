export { withFieldNames } from './field-names.ts';
export { usableRules, type InstanceFields, type UsableRules } from './instance-fields.ts';
export { syncFileJsonSchema } from './json-schema.ts';
export { openSyncFile, syncFilePath, syncFileText, type OpenedSyncFile } from './open-sync-file.ts';
export { usesLocations, withLocations } from './locations.ts';
export { mayBeLabel } from './oomnitza-fields.ts';
export { parseSyncFile } from './parse-sync-file.ts';
export type { Apply, Constant, CreateDefault, Expression, FieldRule, Preference, SourceGroup, SourceKind, SourcePath, SyncFile, SyncKey } from './sync-file.ts';
