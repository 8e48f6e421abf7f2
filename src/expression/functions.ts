import { sizeOfText } from './code-points.ts';
import { conversions } from './conversions.ts';
import { aList, aMap, aText, unary, type Overload } from './overload.ts';
import { textMethods } from './text-functions.ts';
import { timeMethods } from './time-functions.ts';
import { integer } from './types.ts';

const size: readonly Overload[] = [
  unary(aText, integer, (value, frame) => frame.spend(value.length / 16) ?? sizeOfText(value)),
  unary(aList, integer, (list) => list.length),
  unary(aMap, integer, (map) => map.size),
];

/** What is written around its values: `size(user.mail)`. */
export const standardFunctions: ReadonlyMap<string, readonly Overload[]> = new Map([['size', size], ...conversions]);

/** What is written behind its first value: `user.mail.size()`. */
export const standardMethods: ReadonlyMap<string, readonly Overload[]> = new Map([['size', size], ...textMethods, ...timeMethods]);

/** What other languages call such a function. */
export const foreignFunctions: ReadonlyMap<string, string> = new Map([
  ['toLowerCase', 'lowercase'],
  ['toLower', 'lowercase'],
  ['lower', 'lowercase'],
  ['toUpperCase', 'uppercase'],
  ['toUpper', 'uppercase'],
  ['upper', 'uppercase'],
  ['includes', 'contains'],
  ['length', 'size'],
  ['len', 'size'],
  ['count', 'size'],
  ['strip', 'trim'],
  ['substr', 'substring'],
  ['slice', 'substring'],
  ['replaceAll', 'replace'],
  ['test', 'matches'],
  ['match', 'matches'],
  ['some', 'exists'],
  ['any', 'exists'],
  ['every', 'all'],
  ['find', 'filter'],
  ['where', 'filter'],
  ['select', 'map'],
  ['str', 'string'],
  ['toString', 'string'],
  ['parseInt', 'int'],
  ['integer', 'int'],
  ['number', 'double'],
  ['float', 'double'],
  ['uint', 'int'],
  ['boolean', 'bool'],
  ['date', 'timestamp'],
  ['getYear', 'getFullYear'],
  ['getDay', 'getDayOfWeek'],
  ['concat', '+'],
]);
