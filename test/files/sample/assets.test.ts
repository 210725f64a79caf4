import { existsSync, readdirSync } from 'fs';
import * as path from 'path';
import { checkSample, renderSample } from '../../../src/files/sample/materialise';

const ASSETS = path.join(__dirname, '..', '..', '..', 'assets');
const folders = (folder: string) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();

/** The samples that are shipped: folders of parts, the first of which is called core. */
const SAMPLES = folders(ASSETS).filter((name) => existsSync(path.join(ASSETS, name, 'core')));
const partsOf = (name: string) => folders(path.join(ASSETS, name)).map((partName) => ({ partName, source: path.join(ASSETS, name, partName) }));

test('the samples are found', () => {
  expect(SAMPLES).toContain('fastapi');
});

test('the parts of each sample fit together: tags, names, no file in two', () => {
  expect(SAMPLES.map((name) => [name, checkSample({ parts: partsOf(name) })])).toEqual(SAMPLES.map((name) => [name, []]));
});

test('no tag is left in what is written, whatever is wanted beside the core', () => {
  for (const name of SAMPLES) {
    const parts = partsOf(name);
    const others = parts.filter((part) => part.partName !== 'core');
    for (let mask = 0; mask < 2 ** others.length; mask += 1) {
      const wanted = ['core', ...others.filter((_, index) => Math.floor(mask / 2 ** index) % 2 === 1).map((part) => part.partName)];
      const files = renderSample({ parts: parts.map((part) => ({ ...part, wanted: wanted.includes(part.partName) })) });
      expect(files.filter((file) => file.lines?.some((line) => /\bpart: /.test(line.text))).map((file) => [wanted, file.path])).toEqual([]);
    }
  }
});
