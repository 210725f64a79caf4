// A real browser, and what is wrong with the page that it shows.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { atExit } from '../lib/index.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const SCREENSHOTS = fileURLToPath(new URL('../../.artifacts/screenshots/', import.meta.url));
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Where the browser is: what CHROMIUM names, or the first of the usual names on the path. */
export function browserPath() {
  const named = process.env.CHROMIUM;
  if (named) return named;
  const found = process.env.PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path));
  assert.ok(found, 'there is no Chromium: apt-get install chromium, or set CHROMIUM to its path');
  return found;
}

/** Starts a browser; it ends with the process, or with `close`. */
export async function openBrowser() {
  const browser = await chromium.launch({
    executablePath: browserPath(),
    // Its sandbox refuses root, and the pages are our own.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  const release = atExit(() => { browser.close().catch(() => {}); });
  return {
    /** A page of its own, which remembers everything that the browser complains about. */
    async page(options = {}) {
      const context = await browser.newContext({ viewport: { width: 900, height: 900 }, ...options });
      const page = await context.newPage();
      const complaints = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()} (${message.location().url})`);
      });
      page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
      return Object.assign(page, { complaints });
    },
    async close() {
      await browser.close();
      release();
    },
  };
}

/** What axe finds on a page that keeps somebody from using it, as lines. */
export async function violations(page) {
  await page.evaluate(readFileSync(AXE, 'utf8'));
  const found = await page.evaluate(() => globalThis.axe.run(document));
  return found.violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`));
}

/** Keeps a picture of the page among the artefacts of the tests. */
export async function screenshot(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}
