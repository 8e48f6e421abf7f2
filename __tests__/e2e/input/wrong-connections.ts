import { expect } from '@jest/globals';
import type { Scenario } from '../support/scenario.ts';

/** Each alone: input, what it is given, what the message must name besides. */
const wrong: readonly (readonly [input: string, value: string, named: string])[] = [
  ['tenant-id', '', 'tenant-id'],
  ['tenant-id', 'My Company Ltd', 'My Company Ltd'],
  ['client-id', '', 'client-id'],
  ['client-id', 'oomnitza-sync', 'GUID'],
  ['cloud', 'usgov', 'us-gov-dod'],
  ['authority-host', 'http://login.microsoftonline.com', 'https'],
  ['authority-host', 'login.microsoftonline.com', 'https://login.microsoftonline.com'],
  ['graph-url', 'https://graph.microsoft.com/v1.0', '/v1.0'],
  ['oomnitza-url', '', 'oomnitza-url'],
  ['oomnitza-url', 'http://example.oomnitza.com', 'https'],
  ['oomnitza-url', 'https://example.oomnitza.com/people', '/people'],
  ['oomnitza-url', 'example', 'https://example.oomnitza.com'],
  ['oomnitza-url', 'https://ada:hunter22@example.oomnitza.com', 'before the host'],
  ['oomnitza-api-token', '', 'secret'],
];

export default {
  title: 'each missing or wrong part of a connection is named, with what it got and what it takes, before anybody is asked',
  inputs: { mode: 'apply', 'client-id': 'contoso.com' },
  verify: async ({ run, again }) => {
    expect(run.outputs['failure-reason']).toBe('invalid-input');
    expect(run.requests).toEqual([]);
    for (const [input, value, named] of wrong) {
      const { outputs, annotations, requests } = await again({ label: `${input}: ${value}`, inputs: { mode: 'apply', [input]: value } });
      expect(outputs['failure-reason']).toBe('invalid-input');
      expect(requests).toEqual([]);
      expect(annotations).toHaveLength(1);
      expect(annotations[0]?.message).toContain(`\`${input}\``);
      expect(annotations[0]?.message).toContain(named);
    }
  },
} satisfies Scenario;
