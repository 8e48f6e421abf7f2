import { main } from './main.ts';

await main();
// An upload that was given up would keep the process alive; the empty write waits for what the log still holds.
process.stdout.write('', () => process.exit());
