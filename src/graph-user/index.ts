export { askedByName, directoryUser, type GraphObject, type GraphType } from './graph-type.ts';
export { isFault, propertyAskedFor, propertyAt, propertyOf, readableNames, type PathFault, type PropertyFault } from './lookup.ts';
export { isExtensionName, relationships, replacementOf, singleUserProperties } from './names.ts';
