/**
 * A value of `ENV`, `ARG` or `LABEL` that arrives as it is. Whether it names others (`$PATH`) is the caller's decision.
 *
 * @see https://docs.docker.com/reference/dockerfile/#escape
 */
export function quoteValue(value: string, expand = false): string {
  if (/^[\w./:@%+,=~*?;&|<>()-]+$/.test(value) && !value.startsWith('<<')) return value;
  if (value.endsWith('\\')) return bare(value, expand);
  if (!expand && !value.includes("'") && /[$"\\]/.test(value)) return `'${value}'`;
  return `"${value.replace(expand ? /[\\"]/g : /[\\"$]/g, '\\$&')}"`;
}

/** Whether nothing else may follow in the same instruction: readers disagree on a backslash before a closing quote or a space. */
export function endsInstruction(value: string): boolean {
  return value.endsWith('\\');
}

/** A value without quotes around all of it. */
function bare(value: string, expand: boolean): string {
  return value.replace(/[\s\\"'$]/g, (character) => {
    if (character === '"') return "'\"'";
    if (character === "'") return '"\'"';
    return character === '$' && expand ? character : `\\${character}`;
  });
}

/** A program and its arguments, to be run without a shell. */
export function execForm(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}

/** A comment, wrapped where a person would. */
export function comment(text: string, width = 100): string[] {
  return text.trim().split('\n').flatMap((paragraph) => {
    const lines = [''];
    for (const word of paragraph.trim().split(/\s+/)) {
      const last = lines[lines.length - 1];
      if (last && last.length + 1 + word.length > width) lines.push(word);
      else lines[lines.length - 1] = last ? `${last} ${word}` : word;
    }
    return lines.map((line) => `# ${line}`.trimEnd());
  });
}
