export { createCarefulWriter } from './careful-writer.ts';
export { createBulkWriter, type BulkOptions } from './bulk-writer.ts';
export { connectOomnitza, probe, type Oomnitza, type OomnitzaAccess } from './client.ts';
export { readLocations } from './locations.ts';
export { readFields } from './metadata.ts';
export { readRecords, type CurrentRecords } from './read.ts';
export { type CurrentRecord } from './record.ts';
export { createWriter } from './writer.ts';
export { apiToken, tokenByPassword, type TokenSource } from './token.ts';
