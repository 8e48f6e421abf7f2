import { ClientCertificateFault } from '../client-certificate.ts';
import type { InputReader } from './input-reader.ts';

/** What a reader of certificates gives; `undefined` where something is wrong with one, which the reader of inputs is told. */
export function certificateIn<Certificate>(reader: InputReader, read: () => Certificate): Certificate | undefined {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof ClientCertificateFault)) throw thrown;
    reader.fault(thrown.message);
    return undefined;
  }
}
