import { shellWord } from '../shell-word';

/** Several texts as words of a shell, in quotes only where those are needed. */
export function shellWords(...texts: string[]): string {
  return texts.map(plainWord).join(' ');
}

/** The same on several lines, when it is too long for one. */
export function shellLines(indent: string, texts: readonly string[], width = 140): string {
  const lines = [''];
  for (const word of texts.map(plainWord)) {
    const line = lines[lines.length - 1];
    if (line && indent.length + line.length + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.map((line) => indent + line).join(' \\\n');
}

function plainWord(text: string): string {
  return /^[A-Za-z0-9_./:=@%+-]+$/.test(text) ? text : shellWord(text);
}

/** The same as an assignment; an empty one is quoted too. */
export function assignment(name: string, text: string): string {
  return `${name}=${shellWord(text)}`;
}

/** Bytes as the `%b` of a shell's printf takes them: what is no letter or digit is a number, so that nothing is special. */
export function shellBytes(text: string): string {
  return [...text].map((byte) => (/[A-Za-z]/.test(byte) ? byte : `\\0${byte.charCodeAt(0).toString(8).padStart(3, '0')}`)).join('');
}

/** A text as a here-document that no shell looks into. */
export function hereDocument(name: string, text: string): string {
  // A line of the text must not end it.
  let end = 'END';
  while (text.split('\n').includes(end)) end += '_';
  const body = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${name}() {\n  cat <<'${end}'\n${body}${end}\n}\n`;
}
