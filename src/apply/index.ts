export { applyPlan, type Applied, type ApplyOptions } from './apply.ts';
export { type BulkResult, type BulkWriter, type Observations, type WriteOutcome, type WriteResult, type Writer } from './result.ts';
