import type { z } from 'zod';

/** What one of our own checks finds; its place is that of the value it was found in. */
export interface Fault {
  readonly message: string;
  readonly hint: string;
  /** For a text: index of the first character that is wrong. */
  readonly index?: number;
  /** Something is missing: the place is then the key that should hold it. */
  readonly atKey?: boolean;
}

/** Hands a fault to zod, so that it comes out in the order and with the path of zod's own issues. */
export function report(context: z.RefinementCtx, fault: Fault, path: (string | number)[] = []): void {
  const { message, ...params } = fault;
  context.addIssue({ code: 'custom', message, params, path });
}
