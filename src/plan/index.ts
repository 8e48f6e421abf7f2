export { explainMatch, type KeyStory, type MatchStory } from './explain.ts';
export { fieldsBesideRules, type PlanBasis } from './basis.ts';
export { createPlanner, type Planner } from './build.ts';
export { exceededAnyway, impactOf, isEmptyPart, isWithoutEffect, mostSamples, type Impact, type ImpactEntry, type ImpactPart } from './impact.ts';
export { digestOf } from './digest.ts';
export { normaliseKey } from './match.ts';
export { writeOrder, type OrderedWrite } from './order.ts';
export { actions, isWrite, type Action, type FieldChange, type LimitCheck, type Plan, type PlanCounts, type PlanEntry, type SaasAssignment } from './plan.ts';
export type { SaasBasis } from './saas.ts';
