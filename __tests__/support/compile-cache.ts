/** For the environment of a program that a test starts: Node finds there what it compiled of the program before. */
export const compileCache = { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '' };
