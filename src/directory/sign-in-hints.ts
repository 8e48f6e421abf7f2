const wrongApplication = 'The application was not found in this tenant. Check `client-id` and `tenant-id`, and `cloud` where the tenant is in a national cloud.';
const otherCloud = 'The tenant belongs to another national cloud. Set `cloud` to it.';
const blocked = 'A security policy of the tenant blocks the application. Ask the tenant’s administrator.';
const subject = 'No federated credential of the app registration has the subject presented above, which differs by event: an environment, a pull request, a branch. Add one with exactly this subject.';

/**
 * What to change for an error number of Microsoft Entra's token endpoint
 * (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). Numbers choose words only.
 */
export const signInHints: ReadonlyMap<number, string> = new Map([
  [7000215, 'The client secret is wrong. Check the repository secret behind `client-secret`: it must hold the value of the secret, not its id.'],
  [7000222, 'The client secret has expired. Create a new one in the app registration and store its value as the repository secret behind `client-secret`.'],
  [7000216, 'No credential was sent. Check that the repository secret behind `client-secret` exists and is passed to the action.'],
  [700016, wrongApplication],
  [700011, wrongApplication],
  [90002, 'The tenant was not found. Check `tenant-id`, and `cloud` where the tenant is in a national cloud.'],
  [900023, '`tenant-id` is neither the id nor a verified domain of a tenant.'],
  [90038, otherCloud],
  [900382, otherCloud],
  [70011, 'The scope is not valid. Check `graph-scope`, or leave it out.'],
  [500011, 'This cloud does not know the Graph domain. Check `cloud`, `graph-url` and `graph-scope`.'],
  [53003, 'A conditional access policy blocks the application. Ask the tenant’s administrator for an exception for workload identities.'],
  [530032, blocked],
  [530035, blocked],
  [700024, 'The assertion was presented outside the time for which it is good. Check the clock of the runner, and run again.'],
  [700027, 'The app registration does not know the certificate. Upload the certificate in `client-certificate` to it under Certificates & secrets; an expired one has to be replaced there and in the repository secret.'],
  [70021, 'No federated credential of the app registration matches what was presented above. Compare issuer, subject and audience letter by letter; a new credential can take some minutes to work.'],
  [700211, 'No federated credential of the app registration has the issuer presented above. Check the issuer of the credential; that of a GitHub Enterprise Server is https://HOST/_services/token.'],
  [700212, 'No federated credential of the app registration has the audience presented above. Check the audience of the credential, and `cloud` and `oidc-audience`.'],
  [700213, subject],
  [7002138, 'The subject of the federated credential differs from the one presented above in the case of its letters. Write it exactly as presented.'],
]);
