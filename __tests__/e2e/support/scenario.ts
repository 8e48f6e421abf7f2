import type { Sandbox, SandboxOptions } from '../../../sandbox/index.ts';
import type { RunOptions, RunResult } from '../../../sandbox/runner.ts';

/** How the action is run, and what is known beforehand of how it goes. */
export interface Circumstances extends Pick<RunOptions, 'syncFile' | 'workspace' | 'event' | 'env' | 'run' | 'signal' | 'timeoutMs'> {
  /** Laid over those of the sandbox and over {@link quickInputs}. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** The run writes to Oomnitza; unless this is said, one that does fails the test. */
  readonly writes?: boolean;
  /** The side that is given up when the other one fails: how far it got is a matter of luck, and not in the golden file. */
  readonly givenUp?: 'microsoft' | 'oomnitza';
  /** A heading in the golden file, and only what a person is told below it. */
  readonly label?: string;
  /** Where the summary cannot be: in its file, or on the page of the run. */
  readonly withoutSummary?: 'file' | 'page';
}

/** What a scenario's `verify` has at hand. */
export interface Story {
  readonly sandbox: Sandbox;
  readonly run: RunResult;
  /** Runs the action again in the same world and under the same circumstances, but for what is given. */
  readonly again: (circumstances?: Circumstances) => Promise<RunResult>;
  /** Adds a text to the golden file. */
  readonly keep: (heading: string, text: string) => void;
}

/** One thing that a user goes through, told in a file of its own. */
export interface Scenario extends Circumstances {
  readonly title: string;
  /** It spends its time waiting, so those of its topic that do are played at the same time. */
  readonly waits?: true;
  /** Without it, a tenant and an instance without people. */
  readonly world?: SandboxOptions;
  /** Prepares the world; may add circumstances that are known only then. */
  readonly arrange?: (sandbox: Sandbox) => Circumstances | undefined | Promise<Circumstances>;
  readonly verify: (story: Story) => void | Promise<void>;
}

/**
 * What all runs have unless a scenario says otherwise: no artifact, which takes as long to upload as all the rest, and
 * one call at a time, so that the requests have an order. The scenario `sync/first-apply` has the real defaults.
 */
export const quickInputs: Readonly<Record<string, string>> = { 'artifact-name': '', concurrency: '1' };
