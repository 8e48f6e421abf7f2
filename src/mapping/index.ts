export { compileMapping, type DesiredRecord, type Flaw, type Mapping } from './mapping.ts';
