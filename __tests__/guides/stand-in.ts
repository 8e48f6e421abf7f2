// Stands in for `az` and `gh`: hands the command to the test that follows the guide, and prints what it answers.
import { basename } from 'node:path';

const answer = await fetch(process.env['GUIDE_COMMANDS'] ?? '', {
  method: 'POST',
  body: JSON.stringify({ program: basename(process.argv[1] ?? '', '.ts'), words: process.argv.slice(2), folder: process.cwd() }),
});
(answer.ok ? process.stdout : process.stderr).write(await answer.text());
process.exitCode = answer.ok ? 0 : 1;
