import { z } from 'zod';
import { SyncError } from '../errors.ts';
import { actions, digestOf } from '../plan/index.ts';

const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const text = z.string().nullable();

const fileChange = z.object({
  action: z.enum(actions),
  entraId: text,
  userPrincipalName: text,
  oomnitzaId: text,
  syncKey: text,
  fields: z.array(z.object({ field: z.string().min(1), before: fieldValue, after: fieldValue })),
  status: z.enum(['planned', 'applied', 'failed', 'not-attempted']),
  recordWritten: z.literal(true).optional(),
  reason: text,
  message: z.string(),
});

const planFile = z.object({ version: z.literal(1), digest: z.string().regex(/^[0-9a-f]{64}$/), changes: z.array(fileChange) });

const maskedPlanFile = planFile.pick({ version: true, digest: true }).extend({ personalData: z.literal('masked') });

/** One element of `changes`. */
export type FileChange = Readonly<z.infer<typeof fileChange>>;

/** What a `plan.json` says, as far as programs act on it. */
export interface PlanFile {
  readonly digest: string;
  readonly changes: readonly FileChange[];
}

/** A plan that is expected. */
export interface ExpectedPlan {
  readonly digest: string;
  /** `undefined` where values are hidden in the file: then the digest alone says whether a plan is the same. */
  readonly changes: readonly FileChange[] | undefined;
}

/**
 * Reads a `plan.json` that another plan is held against: also one with `personalData: masked`, which keeps the digest of the
 * whole plan, although its changes cannot be compared.
 *
 * @param name what to call the file at the beginning of a sentence; its content is never quoted
 * @throws SyncError `invalid-input`
 */
export function parseExpectedPlan(content: string, name: string): ExpectedPlan {
  const json = jsonIn(content, name);
  const masked = maskedPlanFile.safeParse(json);
  return masked.success ? { digest: masked.data.digest, changes: undefined } : planIn(json, name);
}

/**
 * Reads a `plan.json` with all its values. One whose changes do not come to its own digest is refused: somebody edited it, or
 * hid values in it.
 *
 * @param name what to call the file at the beginning of a sentence; its content is never quoted
 * @throws SyncError `invalid-input`
 */
export function parsePlanFile(content: string, name: string): PlanFile {
  const json = jsonIn(content, name);
  if (maskedPlanFile.safeParse(json).success) {
    throw new SyncError('invalid-input', `${name} has its values hidden (\`personalData: masked\`), and without them nothing can be undone.`, {
      hint: 'The `plan.json` with all values is on the runner of that run alone, where the output `plan-path` says; the artifact has none.',
    });
  }
  return planIn(json, name);
}

function planIn(json: unknown, name: string): PlanFile {
  const parsed = planFile.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'it holds something else' };
    throw noPlan(name, `${path.length === 0 ? '' : `${path.map(String).join('.')}: `}${message}`);
  }
  const { digest, changes } = parsed.data;
  if (digestOf(changes) !== digest) {
    throw new SyncError('invalid-input', `${name} holds other changes than its digest says.`, {
      hint: 'The file was edited, or values are hidden in it. Take `plan.json` as the run wrote it, with all values.',
    });
  }
  return { digest, changes };
}

function jsonIn(content: string, name: string): unknown {
  try {
    // Some editors and shells put a byte order mark before what they save.
    return JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    // The words of the parser quote the text.
    throw noPlan(name, 'it is no JSON', thrown);
  }
}

function noPlan(name: string, why: string, cause?: unknown): SyncError {
  const hint = 'Take the `plan.json` of a run: it is in the artifact, and where the output `plan-path` says.';
  return new SyncError('invalid-input', `${name} is no \`plan.json\` (${why}).`, { hint, cause });
}
