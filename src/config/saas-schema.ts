import { z } from 'zod';
import { strictMapping } from './mapping-schema.ts';
import { sourcePath } from './source-path-schema.ts';

const applicationTakes = 'the id of a SaaS application in Oomnitza, such as `"12"`';

/** The form of these ids is not documented; what could not stand in the path of a call is none. */
const application = z
  .union([z.string({ error: applicationTakes }).regex(/^(?!\.{1,2}$)[\w.~-]+$/, { error: applicationTakes }), z.int({ error: applicationTakes }).min(0, { error: applicationTakes })], { error: applicationTakes })
  .transform(String)
  .describe('Id of the application in Oomnitza. People who are assigned to it already are left alone.')
  .meta({ examples: ['12'] });

/** The SaaS application that people are assigned to. */
export const saasSchema = strictMapping(
  {
    application,
    'external-id': sourcePath
      .prefault('id')
      .describe('Property of the directory user that is stored as the id that the person has in that application.'),
  },
  'a mapping of `application` and `external-id`',
);
