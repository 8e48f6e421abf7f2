export { compileFit, type InstanceFit } from './fit.ts';
export { compileMapping, wholeUser, type DesiredRecord, type Flaw, type Mapping } from './mapping.ts';
