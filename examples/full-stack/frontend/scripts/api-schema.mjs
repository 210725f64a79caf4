// Writes src/api/schema.d.ts, the types of the API, from the OpenAPI document of the backend.
//
//   node scripts/api-schema.mjs            writes it
//   node scripts/api-schema.mjs --check    only compares, and ends with 1 when they differ
//
// The document is that of the running backend, or the one that API_DOCUMENT names: a URL or a file.
import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const target = new URL('../src/api/schema.d.ts', import.meta.url);
const source = process.env.API_DOCUMENT || 'http://localhost:8000/openapi.json';

try {
  const document = new URL(URL.canParse(source) ? source : pathToFileURL(source));
  const types = astToString(await openapiTS(document, { silent: true }));
  const text = `// The types of the API, made from its OpenAPI document by scripts/api-schema.mjs. Do not edit.\n${types}`;
  if (!process.argv.includes('--check')) {
    await writeFile(target, text);
  } else if (text !== await readFile(target, 'utf8').catch(() => '')) {
    console.error(`src/api/schema.d.ts is not what ${source} says. Run the script api:generate and commit what it writes.`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(`No types can be made of ${source}: ${error.cause?.message ?? error.message}`);
  process.exitCode = 1;
}
