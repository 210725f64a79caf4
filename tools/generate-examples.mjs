import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from './lib/args.mjs';
import { cleanEnv, quietly } from './lib/process.mjs';
import { inRoot } from './lib/root.mjs';
import { main, ok, say, seconds } from './lib/say.mjs';
import { DEFINITION, linkPackages } from './start/folder.mjs';

const HELP = `node tools/generate-examples.mjs [NAME …]: synthesizes the examples, or those named, and puts what comes out beside their
definitions. Each is made in an empty folder, so that nothing is left of what the library no longer writes.`;

/** The one that npm start synthesizes into a folder of its own, of which only its definition is kept; and a package of its own. */
const WITHOUT_OUTPUT = ['quickstart', 'extension'];

/** The examples whose output is committed. */
const exampleNames = () => readdirSync(inRoot('examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !WITHOUT_OUTPUT.includes(entry.name) && existsSync(inRoot('examples', entry.name, DEFINITION)))
  .map((entry) => entry.name);

/** Synthesizes one definition as a user's `npx projen` does, only that nothing is installed. */
async function synthesize(name) {
  const example = inRoot('examples', name);
  const folder = mkdtempSync(join(tmpdir(), `projen-stack-${name}-`));
  try {
    cpSync(join(example, DEFINITION), join(folder, DEFINITION));
    linkPackages(folder);
    const { milliseconds } = await quietly(`examples/${name}`, [process.execPath, '--import', 'tsx', DEFINITION], {
      cwd: folder, env: cleanEnv({ PROJEN_DISABLE_POST: '1', NODE_NO_WARNINGS: '1' }),
    });
    rmSync(join(folder, 'node_modules'), { recursive: true });
    for (const entry of readdirSync(example)) rmSync(join(example, entry), { recursive: true });
    cpSync(folder, example, { recursive: true });
    ok(`examples/${name} (${seconds(milliseconds)})`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main(async () => {
  const args = parseArgs(process.argv.slice(2), {}, { rest: true });
  if (args.help) return say(HELP);
  for (const name of args.rest.length > 0 ? args.rest : exampleNames()) await synthesize(name);
});
