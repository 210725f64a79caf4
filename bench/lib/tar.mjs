import { gunzipSync } from 'node:zlib';

/** The files in an npm tarball: how many, and how many bytes they hold together. */
export function contentOf(tarball) {
  const bytes = gunzipSync(tarball);
  const content = { files: 0, bytes: 0 };
  // Blocks of 512: a header with the size in octal at 124 and the type at 156, then the content.
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0;) {
    const length = parseInt(bytes.toString('latin1', at + 124, at + 136), 8);
    if (!Number.isInteger(length)) throw new Error(`The tarball has an entry without a size, at byte ${at}.`);
    // Only plain files: extended headers hold names, not content.
    if (['0', '\0'].includes(String.fromCharCode(bytes[at + 156]))) {
      content.files += 1;
      content.bytes += length;
    }
    at += 512 + Math.ceil(length / 512) * 512;
  }
  return content;
}
