import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from './lib/args.mjs';
import { inRoot } from './lib/root.mjs';
import { main, ok, problem, say } from './lib/say.mjs';

const HELP = `node tools/generate-llms.mjs: puts the README and the pages that it names into one file, llms.txt, for readers that take one file only:
language models, and people with a search function. Pages that are generated whole (constructs, rules, the API) are named in it.`;

/** Pages that other tools generate: long, and of use to whoever looks one thing up. */
const LISTED = ['docs/rules.md', 'docs/constructs/README.md', 'API.md'];

const read = (file) => readFileSync(inRoot(file), 'utf8');

/** The pages in the order in which the README names them. */
function pages(readme) {
  const named = [...readme.matchAll(/^- \[[^\]]+\]\((?:https:\/\/github\.com\/projen-stack\/projen-stack\/blob\/main\/)?([\w/.-]+\.md)\)/gm)].map(([, file]) => file);
  const unnamed = readdirSync(inRoot('docs')).filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`).filter((file) => !named.includes(file) && file !== 'docs/requirements.md');
  if (unnamed.length > 0) throw problem(`The README names no ${unnamed.join(', ')}: whoever looks for a page begins there.`);
  return named.filter((file) => !LISTED.includes(file));
}

await main(async () => {
  if (parseArgs(process.argv.slice(2), {}).help) return say(HELP);
  const readme = read('README.md');
  const files = pages(readme);
  const part = (file) => `<!-- ${file} -->\n\n${read(file).trim()}\n`;
  writeFileSync(inRoot('llms.txt'), [
    part('README.md'),
    ...files.map(part),
    `Generated pages, each beside this file: ${LISTED.join(', ')}.\n`,
  ].join('\n'));
  ok(`llms.txt: ${files.length + 1} pages`);
});
