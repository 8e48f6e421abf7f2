/** Reads a file of `name=value` lines and `name<<DELIMITER` blocks, as `GITHUB_OUTPUT` is. */
export function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, blockName, delimiter] = /^([^=]+?)<<(.+)$/.exec(line) ?? [];
    if (blockName !== undefined && delimiter !== undefined) {
      const end = lines.indexOf(delimiter, at + 1);
      if (end < 0) throw new Error(`the output ${blockName} has no end ${delimiter}`);
      outputs[blockName] = lines.slice(at + 1, end).join('\n');
      at = end;
    } else if (line.includes('=')) {
      const equals = line.indexOf('=');
      outputs[line.slice(0, equals)] = line.slice(equals + 1);
    } else if (line !== '') {
      throw new Error(`not an output: ${line}`);
    }
  }
  return outputs;
}
