/** An annotation that a run left. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly col?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

interface WorkflowCommand {
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly message: string;
}

const SILENT = new Set(['endgroup', 'set-output', 'save-state', 'echo', 'add-matcher', 'remove-matcher', 'add-path', 'set-env']);

/**
 * Reads what a step prints, line by line, as the runner does: carries out the commands, and hides each secret from
 * the moment it is told, not earlier.
 */
export class LogReader {
  readonly annotations: Annotation[] = [];
  readonly masks: string[] = [];
  /** The lines a person sees. */
  readonly lines: string[] = [];
  readonly #showDebug: boolean;
  readonly #secrets = new Set<string>();
  #resumeToken: string | undefined;

  constructor(showDebug: boolean) {
    this.#showDebug = showDebug;
  }

  read(line: string): void {
    const command = parseCommand(line);
    if (this.#resumeToken !== undefined) {
      if (command?.name === this.#resumeToken) this.#resumeToken = undefined;
      else this.#show(line);
      return;
    }
    if (command === undefined || !this.#carryOut(command)) this.#show(line);
  }

  /** The text with all secrets known so far hidden. */
  mask(text: string): string {
    let masked = text;
    for (const secret of this.#secrets) masked = masked.replaceAll(secret, '***');
    return masked;
  }

  #carryOut(command: WorkflowCommand): boolean {
    const { name, message } = command;
    switch (name) {
      case 'add-mask':
        this.masks.push(message);
        // The runner hides each line of a secret by itself, because a log has no longer units.
        for (const line of message.split(/\r?\n/)) if (line.trim() !== '') this.#secrets.add(line.trim());
        return true;
      case 'error':
      case 'warning':
      case 'notice':
        this.annotations.push(this.#annotation(name, command));
        this.#show(`${name.charAt(0).toUpperCase()}${name.slice(1)}: ${message}`);
        return true;
      case 'group':
        this.#show(`▸ ${message}`);
        return true;
      case 'debug':
        if (this.#showDebug) this.#show(`Debug: ${message}`);
        return true;
      case 'stop-commands':
        this.#resumeToken = message;
        return true;
      default:
        return SILENT.has(name);
    }
  }

  #annotation(level: Annotation['level'], { properties, message }: WorkflowCommand): Annotation {
    const text = (name: 'title' | 'file'): object => {
      const value = properties.get(name);
      return value === undefined ? {} : { [name]: this.mask(value) };
    };
    const number = (name: 'line' | 'col' | 'endLine' | 'endColumn'): object => {
      const value = properties.get(name.toLowerCase());
      return value === undefined ? {} : { [name]: Number(value) };
    };
    return {
      level,
      message: this.mask(message),
      ...text('title'),
      ...text('file'),
      ...number('line'),
      ...number('col'),
      ...number('endLine'),
      ...number('endColumn'),
    };
  }

  #show(text: string): void {
    this.lines.push(...this.mask(text).split('\n'));
  }
}

function parseCommand(line: string): WorkflowCommand | undefined {
  const [, name, list = '', data = ''] = /^\s*::([A-Za-z0-9_-]+)(?: ([^\n]*?))?::(.*)$/s.exec(line) ?? [];
  if (name === undefined) return undefined;
  const properties = new Map<string, string>();
  for (const pair of list.split(',')) {
    const equals = pair.indexOf('=');
    if (equals > 0) properties.set(pair.slice(0, equals).trim().toLowerCase(), unescapeProperty(pair.slice(equals + 1)));
  }
  return { name, properties, message: unescapeData(data) };
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  return unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}
