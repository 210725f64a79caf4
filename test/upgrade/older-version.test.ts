import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'fs';
import * as path from 'path';
import { define as databases } from './definitions/databases';
import { define as fullStack } from './definitions/full-stack';
import { define as wholeProject } from './definitions/project';
import * as library from '../../src';
import { synthIn, tempFolder } from '../support/synth';

const MARKER = ['~~ Generated', 'by projen'].join(' ');
const VERSIONS = path.join(__dirname, 'versions');
const DEFINITIONS: { readonly [name: string]: typeof databases } = { 'databases': databases, 'full-stack': fullStack, 'project': wholeProject };

/** What an earlier version wrote, as it lay in the repository of whoever used it. Recorded by tools/record-version.mjs. */
function laidOut(record: string): { folder: string; old: { [file: string]: string } } {
  const folder = tempFolder();
  const files = JSON.parse(readFileSync(path.join(VERSIONS, record), 'utf8')) as { [file: string]: string };
  const old = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace(/@MARKER@/g, MARKER)]));
  for (const [name, text] of Object.entries(old)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (text.includes(MARKER)) chmodSync(file, 0o444);
  }
  return { folder, old };
}

/** How many lines of a text are in another one too, in the same order: what a diff shows as unchanged. */
function unchanged(before: readonly string[], after: readonly string[]): number {
  let row = new Array<number>(after.length + 1).fill(0);
  for (const line of before) {
    const next = [0];
    after.forEach((other, index) => next.push(line === other ? row[index] + 1 : Math.max(row[index + 1], next[index])));
    row = next;
  }
  return row[after.length];
}

const RECORDS = readdirSync(VERSIONS);

/** Files in which people write, too: what is ours in them changes as generated files do. */
const SHARED = ['README.md', 'package.json', '.gitignore', '.gitattributes'];

test('there are some, and one has all that a project has', () => {
  expect(RECORDS.length).toBeGreaterThan(2);
  const whole = RECORDS.filter((record) => record.startsWith('project-')).map((record) => laidOut(record).old);
  expect(whole.length).toBeGreaterThan(0);
  for (const old of whole) {
    expect(Object.keys(old)).toEqual(expect.arrayContaining(['README.md', '.github/workflows/stack.yml', '.github/dependabot.yml', '.projen/stack.json', '.projen/shared.json', 'package.json']));
    expect(old['README.md']).toMatch(/^<!-- stack:quick-start /m);
    expect(Object.keys(JSON.parse(old['.projen/stack.json']))).toEqual(expect.arrayContaining(['data', 'samples', 'sections']));
  }
});

describe.each(RECORDS)('what an earlier version wrote: %s', (record) => {
  const define = DEFINITIONS[record.slice(0, record.lastIndexOf('-'))];
  const { folder, old } = laidOut(record);
  const files = synthIn(folder, (outdir) => define(library, outdir));
  const known = new Set((JSON.parse(old['.projen/files.json']) as { files: string[] }).files);
  const generated = Object.keys(old).filter((name) => known.has(name) || old[name].includes(MARKER));
  const shared = Object.keys(old).filter((name) => SHARED.includes(name) && !generated.includes(name));
  const teams = Object.keys(old).filter((name) => !generated.includes(name) && !shared.includes(name));

  test('is taken for what it is, and no file of it is gone', () => {
    expect(Object.keys(old).filter((name) => !existsSync(path.join(folder, name)))).toEqual([]);
    for (const name of generated.filter((each) => old[each].includes(MARKER) && !['.env.example', '.env.docker', ...SHARED].includes(each))) {
      expect([name, statSync(path.join(folder, name)).mode.toString(8).slice(-3)]).toEqual([name, expect.stringMatching(/^[45]44$/)]);
    }
  });

  test('changes in a diff that a person can read: what is not new stands where it stood', () => {
    for (const name of [...generated, ...shared].filter((each) => !each.startsWith('.projen/'))) {
      const before = old[name].split('\n');
      const kept = unchanged(before, files[name].split('\n')) / before.length;
      expect([name, kept >= 0.8 ? 'readable' : `only ${Math.round(kept * 100)} % of it is left`]).toEqual([name, 'readable']);
    }
  });

  test('has all tasks that it had', () => {
    const tasks = (text: string) => Object.keys((JSON.parse(text) as { tasks: object }).tasks);
    expect(tasks(files['.projen/tasks.json'])).toEqual(expect.arrayContaining(tasks(old['.projen/tasks.json'])));
  });

  test('keeps every file of the team, and what was remembered of it', () => {
    for (const name of teams) expect([name, files[name]]).toEqual([name, old[name]]);
    if (old['.projen/stack.json']) {
      // The digests of sections are those of what they say now; that there was one stays.
      const [{ sections: were = {}, ...before }, { sections = {}, ...now }] = [old, files].map((each) => JSON.parse(each['.projen/stack.json']));
      expect(now).toMatchObject(before);
      for (const file of Object.keys(were)) expect(Object.keys(sections[file])).toEqual(expect.arrayContaining(Object.keys(were[file])));
    }
    const news = Object.keys(files).filter((name) => !(name in old) && !files[name].includes(MARKER));
    expect(news.filter((name) => /^(backend|frontend)\/(?!nginx|Dockerfile)/.test(name))).toEqual([]);
  });

  test('a second run changes nothing', () => {
    expect(synthIn(folder, (outdir) => define(library, outdir))).toEqual(files);
  });
});
