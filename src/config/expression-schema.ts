import { z } from 'zod';
import { compileExpression, maxExpressionLength, type CompiledExpression, type Purpose } from '../expression/index.ts';
import { converterFunctions } from './converter-functions.ts';
import { report } from './fault.ts';

/** An expression as written, compiled. */
export interface WrittenExpression {
  readonly text: string;
  readonly compiled: CompiledExpression;
}

/**
 * A CEL expression over `user`; each fault in it becomes a problem at its own character.
 *
 * @param takes what the place takes, for the sentence "`x` is …; it takes …"
 */
export function expressionSchema(purpose: Purpose, takes: string) {
  return z
    .string({ error: takes })
    .regex(/\S/, { error: takes })
    .transform((text, context): WrittenExpression => {
      const compiled = compileExpression(text, purpose, converterFunctions);
      if ('evaluate' in compiled) return { text, compiled };
      for (const { message, hint, offset } of compiled) report(context, { message, hint, index: offset });
      return z.NEVER;
    })
    .meta({ maxLength: maxExpressionLength });
}
