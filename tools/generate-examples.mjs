import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/**
 * What the stories show as the text of files: how many files, and how many lines. Story 1.2 shows none; these are the counts that its
 * review gives.
 */
const BY_HAND = { 'database': [3, 35], 'ai-agents': [4, 245], 'full-stack': [7, 175], 'emotion-visualizer': [4, 208] };

const filesBelow = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));

const linesOf = (files) => files.reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '').length, 0);

/** The lines of each definition beside those that it gives, and beside those that the story had to show. */
function figures(names) {
  const rows = names.map((name) => {
    const definition = inRoot('examples', name, DEFINITION);
    const all = filesBelow(inRoot('examples', name)).filter((file) => file !== definition && !/[\\/]\.projen[\\/]/.test(file));
    // Pins are a machine's work in every project, so they would only flatter.
    const written = all.filter((file) => !/pnpm-lock\.yaml$|requirements[\w-]*\.txt$/.test(file));
    const [files, lines] = BY_HAND[name];
    return `| [${name}](${name}/.projenrc.ts) | ${linesOf([definition])} | ${lines} in ${files} files | ${linesOf(written)} in ${written.length} files |`;
  });
  return ['| example | lines of the definition | lines that the story shows | lines that come of the definition, pins apart |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function writeFigures(names) {
  const readme = inRoot('examples', 'README.md');
  const text = readFileSync(readme, 'utf8');
  writeFileSync(readme, text.replace(/(<!-- figures -->\n)[^]*?(<!-- \/figures -->)/, (_, first, last) => `${first}\n${figures(names)}\n\n${last}`));
}

await main(async () => {
  const args = parseArgs(process.argv.slice(2), {}, { rest: true });
  if (args.help) return say(HELP);
  for (const name of args.rest.length > 0 ? args.rest : exampleNames()) await synthesize(name);
  writeFigures(exampleNames());
});
