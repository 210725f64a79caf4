import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import * as path from 'path';

/**
 * Holds a text against a file of the repository, so that people review what is generated as the file that it is.
 *
 * `UPDATE_EXPECTED=1 npx jest …` writes the files anew; what it wrote is reviewed as a diff.
 *
 * @param folder the folder of the test
 * @param name the name of the file in `expected/` beside the test
 */
export function expectFile(folder: string, name: string, text: string): void {
  const file = path.join(folder, 'expected', name);
  if (process.env.UPDATE_EXPECTED) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(existsSync(file) ? readFileSync(file, 'utf8') : `${name} is missing; UPDATE_EXPECTED=1 writes it`).toBe(text);
}
