import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pictured } from '../sandbox/demo/pictured.ts';
import { startDemoSandbox } from '../sandbox/demo/scenario.ts';
import { SYNC_FILE_CONTENT } from '../sandbox/demo/sync-file.ts';
import { runAction } from '../sandbox/runner.ts';

/*
 * Draws docs/summary.png, the picture in the README: the top of the summary of a plan against the sandbox, as a job's page shows
 * it but with its sections side by side: a low picture leaves the quick start in the first screen. Beside it, docs/summary.txt has what was drawn: a test compares that with what the summary says by now.
 * Takes Chromium (the program that the variable CHROMIUM names, else `chromium`). What turns Markdown into a page is fetched
 * for the occasion, since nothing else needs it.
 */

const renderers = ['marked@18.2.1', 'mermaid@12.3.0', 'github-markdown-css@5.9.0'];
const width = 960;
const height = 488;

const folder = mkdtempSync(join(tmpdir(), 'picture-'));
try {
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...renderers], { cwd: folder, stdio: 'inherit' });
  const markdown = await summaryOfPlan();
  writeFileSync(join(folder, 'summary.md'), markdown);
  const html = execFileSync(process.execPath, ['--input-type=module', '--eval', "import { marked } from 'marked'; import { readFileSync } from 'node:fs'; process.stdout.write(marked.parse(readFileSync('summary.md', 'utf8'), { gfm: true }));"], {
    cwd: folder,
    encoding: 'utf8',
  });
  writeFileSync(join(folder, 'page.html'), page(html));
  execFileSync(
    process.env['CHROMIUM'] ?? 'chromium',
    ['--headless', '--no-sandbox', '--hide-scrollbars', '--allow-file-access-from-files', '--force-device-scale-factor=1.5', '--virtual-time-budget=10000', `--window-size=${width},${height}`, `--screenshot=${join(folder, 'summary.png')}`, join(folder, 'page.html')],
    { stdio: 'inherit' },
  );
  const docs = resolve(import.meta.dirname, '../docs');
  copyFileSync(join(folder, 'summary.png'), join(docs, 'summary.png'));
  writeFileSync(join(docs, 'summary.txt'), markdown);
  console.log('docs/summary.png and docs/summary.txt written');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function summaryOfPlan(): Promise<string> {
  const sandbox = await startDemoSandbox();
  try {
    const { summary } = await runAction({ sandbox, syncFile: SYNC_FILE_CONTENT, inputs: { mode: 'plan' } });
    return pictured(summary);
  } finally {
    await sandbox.close();
  }
}

function page(html: string): string {
  const css = readFileSync(join(folder, 'node_modules/github-markdown-css/github-markdown-light.css'), 'utf8');
  const charts = html.replaceAll(/<pre><code class="language-mermaid">([^]*?)<\/code><\/pre>/g, '<pre class="mermaid">$1</pre>');
  const [top = '', ...sections] = charts.split(/(?=<h3)/);
  const columns = sections.map((section) => `<section>${section}</section>`).join('');
  const style = 'body { margin: 0 } main { padding: 16px 32px } .columns { display: flex; gap: 32px } .columns > :last-child { flex: 1 } h3 { margin-top: 0 !important } pre { padding: 8px !important } svg { max-height: 262px }';
  const mermaid = readFileSync(join(folder, 'node_modules/mermaid/dist/mermaid.min.js'), 'utf8').replaceAll('</script', '<\\/script');
  return `<!doctype html><meta charset="utf-8"><style>${css} ${style}</style><main class="markdown-body">${top}<div class="columns">${columns}</div></main><script>${mermaid}</script><script>mermaid.initialize({ startOnLoad: true })</script>`;
}
