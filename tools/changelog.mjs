import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from './lib/args.mjs';
import { inRoot } from './lib/root.mjs';
import { main, ok, say } from './lib/say.mjs';

const HELP = `node tools/changelog.mjs: writes CHANGELOG.md from the commits and tags of this repository, every version of it.

The task "bump" runs it: the package of a release brings the file along. What a release's page on GitHub says is the newest part of it.`;

const HEAD = `# Changelog

What changed, by version, made of the messages of the commits. Versions are semantic: a break makes a major one.
`;

/** The program that decides the version brings this along: both speak of the same commits in the same words. */
const bringing = createRequire(createRequire(import.meta.url).resolve('commit-and-tag-version/package.json'));

/** The text of all versions, newest first: what no tag has yet is of the version in package.json. */
async function versions() {
  const changelog = bringing('conventional-changelog');
  const parts = [];
  for await (const part of changelog({ preset: 'conventionalcommits', releaseCount: 0, pkg: { path: inRoot('package.json') } }, {}, {}, {}, {})) parts.push(String(part));
  return parts.join('').trim();
}

await main(async () => {
  if (parseArgs(process.argv.slice(2), {}).help) return say(HELP);
  process.chdir(inRoot());
  writeFileSync('CHANGELOG.md', `${HEAD}\n${await versions()}\n`);
  ok('CHANGELOG.md');
});
