import { z } from 'zod';
import { report } from './fault.ts';
import { parseSourcePath, sourcePathPatterns, type PathInUser } from './source-path.ts';

export const pathTakes = 'a source path, such as `mail`';

/** A source path as a text, taken apart. */
export const sourcePath = z
  .string({ error: pathTakes })
  .transform((text, context): PathInUser => {
    const path = parseSourcePath(text);
    if ('segments' in path) return path;
    report(context, path);
    return z.NEVER;
  })
  .meta({
    pattern: sourcePathPatterns.matching.source,
    not: { pattern: sourcePathPatterns.notMatching.source },
    id: 'source-path',
    description: 'Path to a property of the directory user, as Microsoft Graph names it.',
    examples: ['mail', 'businessPhones[0]', 'onPremisesExtensionAttributes.extensionAttribute3'],
  });
