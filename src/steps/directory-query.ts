import type { SyncFile } from '../config/index.ts';
import type { DirectoryQuery } from '../directory/index.ts';
import type { Mapping } from '../mapping/index.ts';

/** What a sync file asks of the directory. */
export function directoryQuery({ source: { kind, kindPosition, filter, groups } }: SyncFile, { properties }: Pick<Mapping, 'properties'>): DirectoryQuery {
  return { kind, kindPosition, filter, groups, properties };
}
