export { type RepositorySecret } from './connection.ts';
export { convertConfig, type ConvertedConfig, type ConvertedFile } from './convert.ts';
export { readInstance, type Instance } from './instance.ts';
