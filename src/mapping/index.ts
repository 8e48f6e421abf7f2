export { compileMapping, wholeUser, type DesiredRecord, type Flaw, type Mapping } from './mapping.ts';
