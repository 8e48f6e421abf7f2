export { keyIn, planRollback, type FormOf, type RecordNow, type Rollback, type RollbackRow } from './rollback.ts';
export { rollbackTable } from './table.ts';
