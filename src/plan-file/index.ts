export { differenceOf, type ComparedEntry, type FieldDifference, type PlanDifference, type ValueChange } from './difference.ts';
export { parseExpectedPlan, parsePlanFile, type ExpectedPlan, type FileChange, type PlanFile } from './plan-file.ts';
