export { keyIn, planRollback, type RecordNow, type Rollback, type RollbackRow } from './rollback.ts';
export { rollbackTable } from './table.ts';
