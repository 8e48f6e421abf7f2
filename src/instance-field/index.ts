export { fittingOf, type Fitting } from './fitting.ts';
export { unknownField, unknownFields, type FieldOption, type FieldType, type InstanceField } from './instance-field.ts';
export { kindFault, type ValueKind } from './kind-fault.ts';
export { Misfit } from './misfit.ts';
