export { compileConversion, type Conversion, type ConverterCall } from './conversion.ts';
export { type Converter, type ConverterExample, type Convertible, type TakenType } from './converter.ts';
export { converters } from './converters.ts';
export { epochSeconds } from './times.ts';
export { InvalidValue } from './invalid-value.ts';
export { locationConverter, type Location } from './location.ts';
export { argumentFault, typeWords, type ArgumentValue, type ConverterArguments, type Parameter } from './parameter.ts';
