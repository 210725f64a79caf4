import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from './lib/args.mjs';
import { linesIn, linesOf } from './lib/lines.mjs';
import { cleanEnv, quietly } from './lib/process.mjs';
import { inRoot } from './lib/root.mjs';
import { main, ok, say, seconds } from './lib/say.mjs';
import { DEFINITION, linkPackages } from './start/folder.mjs';

const HELP = `node tools/generate-examples.mjs [NAME …]: synthesizes the examples, or those named, and puts what comes out beside their
definitions. Each is made in an empty folder, so that nothing is left of what the library no longer writes.`;

/**
 * The one that npm start synthesizes into a folder of its own, of which only its definition is kept; a package of its own; and the one in
 * Python, of which a test compares what comes of it with what its twin gives.
 */
const WITHOUT_OUTPUT = ['quickstart', 'extension', 'python'];

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
 * What the stories show as the text of files: each file, its lines without blank ones, and the file here that is in its place. Story 1.2 shows
 * none: its numbers are the last lines that its review points to, which counts blank ones.
 */
const BY_HAND = {
  'database': [['docker-compose.yml', 22], ['.env.example', 10], ['.gitignore', 3]],
  'ai-agents': [
    ['docker-compose.yml', 69], ['docker/backend.dockerfile', 55], ['docker/.dockerignore', 55, 'docker/backend.dockerfile.dockerignore'], ['.env.example', 66],
  ],
  'full-stack': [
    ['docker-compose.yml', 83], ['backend/Dockerfile', 23], ['frontend/Dockerfile.dev', 16], ['frontend/vite.config.ts', 14], ['.env.docker', 11],
    ['.env', 13, '.env.example'], ['.gitignore', 15],
  ],
  'emotion-visualizer': [['docker-compose.yml', 93], ['backend/Dockerfile', 68], ['.env.example', 32], ['.gitignore', 15]],
};

/** Those of which the story gives no text. */
const BY_REVIEW = ['ai-agents'];

/** The lines of each definition beside those that it gives, and beside those that the story had to show. */
function figures(names) {
  const rows = names.map((name) => {
    const { definition, lines, files } = linesIn(inRoot('examples', name), DEFINITION);
    const shown = BY_HAND[name];
    const shownLines = shown.reduce((sum, [, count]) => sum + count, 0);
    return `| [${name}](${name}/.projenrc.ts) | ${definition} | ${shownLines} in ${shown.length} files${BY_REVIEW.includes(name) ? ' [^review]' : ''} | ${lines} in ${files} files |`;
  });
  return ['| example | lines of the definition | lines that the story shows | lines that come of the definition, pins apart |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** A definition as it stands, and below it what the story has in the place of what it gives. */
function besides(name) {
  const definition = readFileSync(inRoot('examples', name, DEFINITION), 'utf8').trim();
  const rows = BY_HAND[name].map(([file, lines, here = file]) => {
    const path = inRoot('examples', name, here);
    if (!existsSync(path)) throw new Error(`examples/${name} has no ${here}, which is said to be in the place of the story's ${file}`);
    return `| \`${file}\` | ${lines} | [${here}](${name}/${here}) | ${linesOf(path)} |`;
  });
  return ['```ts', definition, '```', '', `| by hand | lines${BY_REVIEW.includes(name) ? ' [^review]' : ''} | here | lines |`, '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** Writes what is counted and shown of the examples between its marks. */
function writeFigures(names) {
  const readme = inRoot('examples', 'README.md');
  let text = readFileSync(readme, 'utf8');
  for (const [mark, part] of [['figures', figures(names)], ...names.map((name) => [`definition ${name}`, besides(name)])]) {
    const place = new RegExp(`(<!-- ${mark} -->\\n)[^]*?(<!-- /${mark} -->)`);
    if (!place.test(text)) throw new Error(`examples/README.md has no place for ${mark}`);
    text = text.replace(place, (_, first, last) => `${first}\n${part}\n\n${last}`);
  }
  writeFileSync(readme, text);
}

await main(async () => {
  const args = parseArgs(process.argv.slice(2), {}, { rest: true });
  if (args.help) return say(HELP);
  for (const name of args.rest.length > 0 ? args.rest : exampleNames()) await synthesize(name);
  writeFigures(exampleNames());
});
