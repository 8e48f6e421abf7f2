import { playAll } from './support/play.ts';

await playAll('expected');
