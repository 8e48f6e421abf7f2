import { z } from 'zod';

const separator = ' ';

/**
 * A mapping that refuses unknown keys; its message about them lists those that it knows, for {@link knownKeysIn}.
 *
 * @param takes what the place takes, for the sentence "`x` is …; it takes …"
 */
export function strictMapping<Shape extends z.ZodRawShape>(shape: Shape, takes: string) {
  const keys = Object.keys(shape).join(separator);
  return z.strictObject(shape, { error: ({ code }) => (code === 'unrecognized_keys' ? keys : takes) });
}

/** The keys that a mapping knows, read from its message about one that it does not. */
export function knownKeysIn(message: string): readonly string[] {
  return message.split(separator);
}
