export { explainRules, explainScope, type ConditionStory, type RuleStory, type ValueStep } from './explain.ts';
export { compileFit, type InstanceFit } from './fit.ts';
export { compileMapping, wholeUser, type DesiredRecord, type Flaw, type Mapping } from './mapping.ts';
export { propertiesPassedOn } from './passed-on.ts';
