// A README as its readers see it: its Markdown as a linter judges it, and its diagram as a browser draws it.
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inRoot } from '../tools/lib/root.mjs';
import { run, synth } from './lib/index.mjs';
import { openBrowser, screenshot } from './support/browser.mjs';

const require = createRequire(import.meta.url);
const MERMAID = join(dirname(require.resolve('mermaid')), 'mermaid.min.js');
const LINTER = join(dirname(require.resolve('markdownlint-cli2')), 'markdownlint-cli2-bin.mjs');

/** Prose is wrapped at 80, the marks around sections are longer; a table and a command cannot be wrapped. Headings may come again in another section. */
const RULES = {
  config: { MD013: { line_length: 120, tables: false, code_blocks: false, headings: false }, MD024: { siblings_only: true } },
};

const definition = (lib, projen) => {
  const project = new projen.Project({ name: 'shop' });
  const stack = new lib.Stack(project);
  const postgres = new lib.PostgresService(stack, 'postgres', { version: '17' });
  const redis = new lib.RedisCache(stack, 'redis');
  const backend = new lib.FastApiBackend(stack, 'backend', { database: postgres, cache: redis, broker: redis });
  new lib.CeleryWorker(stack, 'worker', { backend });
  new lib.Flower(stack, 'flower', { backend });
  new lib.ViteFrontend(stack, 'frontend', { api: backend });
  new lib.Adminer(stack, 'adminer', { database: postgres });
  const end = new lib.Service(stack, 'end', { image: 'api:1', description: 'Reports | <b>all</b> of `it`_' });
  end.connect(new lib.ExternalPostgres(stack, 'warehouse', { variablePrefix: 'WAREHOUSE', host: 'h', databaseName: 'd', userName: 'u' }));
  project.synth();
};

describe('the README of a stack with everything', () => {
  let browser;
  let files;
  before(async () => {
    files = await synth(definition, { files: { '.markdownlint-cli2.jsonc': JSON.stringify(RULES), 'bad.md': '# Title\n\n\ntext\n' } });
    browser = await openBrowser();
  });
  after(() => browser?.close());

  test('a linter has nothing to say', async () => {
    const { stdout } = await run(process.execPath, [LINTER, 'README.md'], { cwd: files.dir });
    assert.match(stdout, /Linting: 1 file/);
  });

  for (const name of ['database', 'ai-agents', 'full-stack', 'emotion-visualizer']) {
    test(`a linter has nothing to say about that of examples/${name}`, async () => {
      cpSync(inRoot('examples', name, 'README.md'), files.path(`${name}.md`));
      const { stdout } = await run(process.execPath, [LINTER, `${name}.md`], { cwd: files.dir });
      assert.match(stdout, /Linting: 1 file/);
    });
  }

  test('the linter would have something to say', async () => {
    const { code } = await run(process.execPath, [LINTER, 'bad.md'], { cwd: files.dir, check: false });
    assert.notEqual(code, 0);
  });

  test('the diagram is drawn: a node for each service and each thing that runs elsewhere, an arrow for each connection', async () => {
    const [, source] = /```mermaid\n([^]*?)```/.exec(readFileSync(files.path('README.md'), 'utf8'));
    const page = await browser.page();
    await page.setContent('<main style="background: white"></main>');
    await page.addScriptTag({ path: MERMAID });
    await page.evaluate(async (text) => {
      globalThis.mermaid.initialize({ startOnLoad: false });
      document.querySelector('main').innerHTML = (await globalThis.mermaid.render('diagram', text)).svg;
    }, source);
    // A name, and below it where it is reached; what is drawn has no line ends.
    const labels = await page.locator('g.node').allTextContents();
    assert.deepEqual(labels.map((label) => label.trim().replace(/(localhost:|elsewhere).*$/s, '').trim()).sort(), [
      'adminer', 'backend', 'backend-migrate', 'end', 'flower', 'frontend', 'postgres', 'redis', 'warehouse', 'worker',
    ]);
    assert.equal(await page.locator('path.flowchart-link').count(), source.match(/-->/g).length);
    assert.deepEqual(page.complaints, []);
    await screenshot(page, 'readme-topology');
  });
});
