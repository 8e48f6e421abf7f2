export { readCommentInputs } from './comment.ts';
export { readContactInputs, type Contact } from './contacts.ts';
export { type CredentialInputs } from './microsoft.ts';
export { defaultReportDirectory, givenSecrets, readInputs, secretInputs, type Inputs, type Mode } from './inputs.ts';
