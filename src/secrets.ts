/** Shorter texts stand in ordinary words, and hiding those would make reports unreadable. */
const shortest = 6;
/** A line of a longer secret that is as short may be no more than a bracket or the end of an encoding. */
const shortestLine = 16;

/**
 * The secrets of a run. The runner masks them in the log alone, and a server may quote what it was sent, so everything
 * that quotes a server passes through here before it can reach a file, a page or an artifact.
 */
export class Secrets {
  readonly #forms = new Set<string>();

  add(secret: string): void {
    const forms = partsOf(secret).flatMap((part) => [part, encodeURIComponent(part), Buffer.from(part).toString('base64'), JSON.stringify(part).slice(1, -1), ...htmlForms(part)]);
    for (const form of forms) if (form.length >= shortest) this.#forms.add(form);
  }

  /** The text with `***` in place of every secret, also where it is encoded. */
  readonly redact = (text: string): string => {
    let redacted = text;
    for (const form of this.#forms) redacted = redacted.replaceAll(form, '***');
    return redacted;
  };
}

/**
 * What of a secret is to be told to the runner, which hides every line of what it is told by itself. So a text of several
 * lines is told as its lines that say something, and as the one line that an error or a program's output makes of it;
 * whatever else would be hidden (`-----BEGIN …`, a bracket) is no secret, and stands in many a harmless line.
 */
export function maskable(secret: string): readonly string[] {
  const lines = linesOf(secret);
  if (lines === undefined) return [secret];
  const escaped = [secret, secret.replaceAll('\r\n', '\n')].map((text) => JSON.stringify(text).slice(1, -1));
  return [...new Set([...lines, ...escaped, Buffer.from(secret).toString('base64'), encodeURIComponent(secret), ...bodiesOf(secret)])];
}

/** As a web page quotes it; some servers escape apostrophes, too, in one way or another. */
function htmlForms(text: string): readonly string[] {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = escaped.replaceAll('"', '&quot;');
  return [escaped, quoted, quoted.replaceAll("'", '&#39;'), quoted.replaceAll("'", '&#x27;'), escaped.replaceAll('"', '&#34;').replaceAll("'", '&#39;')];
}

/** A secret and what of it must not be shown by itself. */
function partsOf(secret: string): readonly string[] {
  const lines = linesOf(secret);
  return lines === undefined ? [secret] : [secret, ...lines, ...bodiesOf(secret)];
}

/** The lines that say something; `undefined` where there is but one. */
function linesOf(secret: string): readonly string[] | undefined {
  if (!/[\r\n]/.test(secret.trim())) return undefined;
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
  return lines.filter((line) => line.length >= shortestLine && !line.startsWith('-----'));
}

/** What stands in the blocks of a PEM text, without its line breaks, as a program shows it that has parsed the text. */
function bodiesOf(secret: string): readonly string[] {
  const blocks = secret.matchAll(/-----BEGIN [^-]+-----([^-]+)-----END/g);
  return [...blocks].map(([, body = '']) => body.replaceAll(/\s+/g, '')).filter((body) => body.length >= shortestLine);
}
