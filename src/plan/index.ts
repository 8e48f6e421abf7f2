export { explainMatch, type FieldStory, type KeyStory, type MatchStory } from './explain.ts';
export { createPlanner, type PlanBasis, type Planner } from './build.ts';
export { digestOf } from './digest.ts';
export { normaliseKey } from './match.ts';
export { writeOrder, type OrderedWrite } from './order.ts';
export { actions, isWrite, type Action, type FieldChange, type LimitCheck, type Plan, type PlanCounts, type PlanEntry } from './plan.ts';
