export { uploadArtifact } from './artifact.ts';
export { readEvent, type RunEvent, type Visibility } from './event.ts';
export { idTokenSource } from './id-token.ts';
export { annotateProblems, failRun, inGroup, logLine, logWarning } from './log.ts';
export { resolveMode, type ResolvedMode } from './mode.ts';
export { createProgress, type Progress } from './progress.ts';
export { setOutputs, showSummary } from './publish.ts';
export { connectRepository, type Repository } from './repository.ts';
