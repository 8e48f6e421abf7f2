export { uploadArtifact } from './artifact.ts';
export { readEvent, type RunEvent } from './event.ts';
export { idTokenSource } from './id-token.ts';
export { annotateProblems, annotateWarning, failRun, inGroup, logLine, logWarning } from './log.ts';
export { resolveMode, type ResolvedMode } from './mode.ts';
export { createProgress, type Progress } from './progress.ts';
export { setOutputs, showSummary } from './publish.ts';
export { connectRepository } from './repository.ts';
