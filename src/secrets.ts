/** Shorter texts stand in ordinary words, and hiding those would make reports unreadable. */
const shortest = 6;

/**
 * The secrets of a run. The runner masks them in the log alone, and a server may quote what it was sent, so everything
 * that quotes a server passes through here before it can reach a file, a page or an artifact.
 */
export class Secrets {
  readonly #forms = new Set<string>();

  add(secret: string): void {
    const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64'), JSON.stringify(secret).slice(1, -1)];
    for (const form of forms) if (form.length >= shortest) this.#forms.add(form);
  }

  /** The text with `***` in place of every secret, also where it is encoded. */
  readonly redact = (text: string): string => {
    let redacted = text;
    for (const form of this.#forms) redacted = redacted.replaceAll(form, '***');
    return redacted;
  };
}
