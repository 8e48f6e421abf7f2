/** Why a value cannot be converted, in words that tell neither the value nor whose it is. */
export class InvalidValue {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}
