export { differenceOf, type ComparedEntry, type FieldDifference, type PlanDifference, type ValueChange } from './difference.ts';
export { parsePlanFile, type FileChange, type PlanFile } from './plan-file.ts';
