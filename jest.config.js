import { join } from 'node:path';

// What Node compiled of Jest, and of the programs that tests start, is there for the next process.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules', '.cache', 'node-compile');

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' }, sourceMaps: 'inline' }],
  },
  // Only a test that hangs is ended: each run within it has a limit of its own, and the machine may be busy.
  testTimeout: 240_000,
  testSequencer: '<rootDir>/jest.sequencer.js',
  // Jest would leave one processor to itself, and it does nothing but wait.
  maxWorkers: '100%',
  // Coverage is gathered of all that a worker ever loaded, so that an old one takes longer and longer over each file.
  workerIdleMemoryLimit: '200MB',
  collectCoverageFrom: ['src/**/*.ts', '!src/index.ts'],
  coverageProvider: 'v8',
  coverageReporters: ['text', 'lcovonly', 'json-summary'],
  coverageThreshold: { global: { lines: 95, branches: 95 } },
};
