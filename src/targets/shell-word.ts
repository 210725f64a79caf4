/** A text as one word of a shell, in quotes within which nothing is special. */
export function shellWord(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}

/** The same, without quotes where a shell needs none. */
export function bareShellWord(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : shellWord(text);
}
