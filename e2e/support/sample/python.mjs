import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached, CACHE, uv, UV_ENV } from '../../../tools/sample/uv.mjs';
import { run } from '../../lib/index.mjs';

/**
 * A virtual environment with the pins of a file, made once for each content of the file.
 *
 * @param requirements the path of the file
 * @returns the folder of its programs
 */
export async function environmentOf(requirements) {
  const program = await uv();
  const key = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const env = { ...UV_ENV, UV_CACHE_DIR: join(CACHE, 'uv'), UV_PYTHON_DOWNLOADS: 'never' };
  // Relocatable, since it gets its name when it is complete.
  const folder = await cached(`sample-${key}`, async (making) => {
    await run(program, ['venv', '--quiet', '--allow-existing', '--relocatable', '--python', '>=3.11', making], { env });
    await run(program, ['pip', 'install', '--quiet', '--python', making, '--require-hashes', '--requirement', requirements], { env, timeout: 600_000 });
  });
  return join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
}
