export { allNames, usualNames } from './directory-property.ts';
export { PeopleFinder, type SampledUser } from './pairs.ts';
export { countedBy, sharesOf, type Shares } from './shares.ts';
export { fieldsToCompare, suggest, type Suggestion } from './suggest.ts';
