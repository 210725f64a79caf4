import '../../support/seed';
import * as path from 'path';
import * as fc from 'fast-check';
import { put } from './folders';
import { follow } from './follow';
import { SampleReplacement } from '../../../src';
import { FolderOnDisk } from '../../../src/files/sample/folder-on-disk';
import { materialise } from '../../../src/files/sample/materialise';
import { planSample } from '../../../src/files/sample/plan';
import { SampleRecord } from '../../../src/files/sample/record';
import { writeNewFiles } from '../../../src/files/sample/write';
import { readTree, tempFolder } from '../../support/synth';

const NAMES = ['core', 'redis', 'celery', 'pip'];

/** Few different lines, so that places look alike. */
const text = fc.constantFrom('', '', 'a', 'b', '    a', '    )', 'from app.x import y', '# remark', 'print("äöü")\t');
const names = fc.subarray(NAMES, { minLength: 1 }).map((each) => each.join('|'));
const style = fc.constantFrom((tag: string) => `# ${tag}`, (tag: string) => `// ${tag}`, (tag: string) => `<!-- ${tag} -->`);
const line = fc.oneof(
  { weight: 3, arbitrary: text.map((each) => [each]) },
  { weight: 2, arbitrary: fc.tuple(text.filter((each) => each.trim() !== ''), names, style).map(([each, parts, tag]) => [`${each.trimEnd()}  ${tag(`part: ${parts}`)}`]) },
);
const { lines } = fc.letrec<{ lines: string[]; block: string[] }>((tie) => ({
  lines: fc.array(fc.oneof({ maxDepth: 2, depthSize: 'small' }, line, tie('block')), { maxLength: 9 }).map((each) => each.flat()),
  block: fc.tuple(tie('lines'), names, style, fc.constantFrom('', '  ')).map(([inner, parts, tag, indent]) => (
    [`${indent}${tag(`part: ${parts} begin`)}`, ...inner, `${indent}${tag(`part: ${parts} end`)}`]
  )),
}));
const content = fc.tuple(lines, fc.boolean()).map(([each, ends]) => each.join('\n') + (ends ? '\n' : ''));
/** The files of a part; each part has a folder of its own, where several have files of equal text. */
const filesOf = (part: string) => fc.array(content, { minLength: 1, maxLength: 2 }).map((texts) => (
  Object.fromEntries(texts.map((each, index) => [`app/${part}/${index}.txt`, each]))
));

test('parts that are added one by one, as the notes say, give what writing all at once gives', () => {
  let followed = 0;
  fc.assert(fc.property(
    fc.tuple(...NAMES.map(filesOf)), fc.shuffledSubarray(NAMES, { minLength: 2 }), fc.integer({ min: 1, max: 3 }), fc.boolean(),
    (files, order, firstCount, rename) => {
      const sources = NAMES.map((partName, index) => ({ partName, source: put(tempFolder(), { ...files[index], [`app/${partName}/own`]: `p ${partName}` }) }));
      const replacements = rename ? [SampleReplacement.renameFolder('app', 'src'), { kind: 'text', search: 'p', replacement: 'q' }] : [];
      const root = tempFolder();
      const folder = new FolderOnDisk(path.join(root, 'x'), 'x', new Set());
      let record: SampleRecord | undefined;
      for (let count = Math.min(firstCount, order.length); count <= order.length; count += 1) {
        const parts = sources.map((part) => ({ ...part, wanted: order.slice(0, count).includes(part.partName) }));
        const plan = planSample({ parts, replacements, sampleName: 's', unless: ['app'], derived: [], memoryPath: '' }, record, folder);
        expect(plan).toMatchObject({ problems: [], obstacles: [], differences: [] });
        writeNewFiles(plan.files);
        if (record !== undefined) for (const note of plan.notes) follow(note, root);
        followed += plan.notes.join('\n').split('    add:').length - 1;
        record = plan.record;
        expect(planSample({ parts, replacements, sampleName: 's', unless: ['app'], derived: [], memoryPath: '' }, record, folder))
          .toEqual({ record, files: [], notes: [], problems: [], obstacles: [], differences: [] });
      }
      const atOnce = tempFolder();
      materialise({ parts: sources.map((part) => ({ ...part, wanted: order.includes(part.partName) })), replacements }, path.join(atOnce, 'x'));
      expect(readTree(root)).toEqual(readTree(atOnce));
    },
  ), { numRuns: 300 });
  expect(followed).toBeGreaterThan(600);
});
