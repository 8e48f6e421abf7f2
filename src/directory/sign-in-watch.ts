import type { AccessToken, ClientSecretCredentialOptions, GetTokenOptions, TokenCredential } from '@azure/identity';

type Policy = NonNullable<ClientSecretCredentialOptions['additionalPolicies']>[number]['policy'];
type Send = Policy['sendRequest'];

/** A sign-in without a token, with what the authority did at last. */
export class SignInFailed extends Error {
  /** Of the last answer; `undefined` where there was none. */
  readonly status: number | undefined;

  constructor(status: number | undefined, words: string, cause: unknown) {
    super(words, { cause });
    this.name = 'SignInFailed';
    this.status = status;
  }
}

/**
 * Stands between a credential and the network. MSAL forgets why the authority could not be reached and what a failed
 * discovery answered, and it hands no abort signal on: a request that hangs would hang for ever.
 */
export class SignInWatch {
  /** For `additionalPolicies` of the credential, `perCall`: what is seen is what the retries came to. */
  readonly policy: Policy = { name: 'signInWatch', sendRequest: (request, next) => this.#send(request, next) };
  #signal: GetTokenOptions['abortSignal'];
  /** Makes a failure of what the credential throws; before the authority was asked that is all there is to say. */
  #failed: (cause: unknown) => unknown = (cause) => cause;

  /** The credential, with failures that are {@link SignInFailed} wherever the authority was asked. */
  over(credential: TokenCredential): TokenCredential {
    return {
      getToken: async (scopes, options): Promise<AccessToken | null> => {
        this.#signal = options?.abortSignal;
        try {
          return await credential.getToken(scopes, options);
        } catch (thrown) {
          throw this.#failed(thrown);
        }
      },
    };
  }

  async #send(...[request, next]: Parameters<Send>): ReturnType<Send> {
    if (this.#signal !== undefined) request.abortSignal = this.#signal;
    try {
      const response = await next(request);
      this.#failed = (cause) => new SignInFailed(response.status, descriptionIn(response.bodyAsText), cause);
      return response;
    } catch (thrown) {
      const words = thrown instanceof Error ? thrown.message : String(thrown);
      this.#failed = () => new SignInFailed(undefined, words, thrown);
      throw thrown;
    }
  }
}

/** The authority's own words for a refusal; empty where the body is none of its answers. */
function descriptionIn(body: unknown): string {
  try {
    const description: unknown = Reflect.get(Object(JSON.parse(String(body))), 'error_description');
    return typeof description === 'string' ? description : '';
  } catch {
    return '';
  }
}
