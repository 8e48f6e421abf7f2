import { z } from 'zod';
import { typeWords } from '../converters/index.ts';

const takes = typeWords.scalar;

/** A value that stands in the file itself. */
export const constant = z
  .union(
    [
      z.string({ error: takes }).regex(/\S/, { error: takes }),
      z.number({ error: takes }),
      z.boolean({ error: takes }),
    ],
    { error: takes },
  )
  .meta({ id: 'constant', description: 'A text that is not blank, a number, `true` or `false`.' });
