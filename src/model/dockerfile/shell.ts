/** The longest line that is not taken apart. */
const WIDTH = 100;

/** A command as it stands below `RUN`: one line, the parts of a chain, or a script of several lines. */
export type ShellText = { readonly chain: readonly string[] } | { readonly script: readonly string[] };

/**
 * Takes a command apart. Lines that end in a backslash are one line, as in a shell; what then has several lines is a script.
 */
export function shellText(command: string): ShellText {
  const lines = dedent(command.replace(/\r\n/g, '\n'));
  const joined = lines.join('\n').replace(/[ \t]*\\\n\s*/g, ' ');
  return joined.includes('\n') ? { script: lines } : { chain: chainOf(joined) };
}

/** Whether a chain is written over several lines. */
export function isLong(chain: readonly string[], before: number): boolean {
  return chain.length > 1 && before + chain.join(' && ').length > WIDTH;
}

/** Whether a command of one line begins a here-document for a word: the builder would take the next instructions for its text. */
export function hereDocument(command: string): string | undefined {
  const text = shellText(command);
  return 'chain' in text ? /(?:^|\s)(\d*<<-?[^<\s]+)/.exec(withoutQuoted(text.chain.join(' && ')))?.[1] : undefined;
}

/** A word that ends a here-document and is none of its lines. */
export function delimiter(script: readonly string[]): string {
  const words = ['EOF', 'SCRIPT', ...script.map((_, index) => `EOF${index}`)];
  return words.find((word) => !script.some((line) => line.trim() === word))!;
}

/** The lines without what they are indented by in the definition, and without empty ones around them. */
function dedent(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  while (lines.length > 1 && lines[0] === '') lines.shift();
  while (lines.length > 1 && lines[lines.length - 1] === '') lines.pop();
  const depth = Math.min(...lines.filter((line) => line !== '').map((line) => /^\s*/.exec(line)![0].length));
  return lines.map((line) => line.slice(Number.isFinite(depth) ? depth : 0));
}

/** The parts between `&&`, of which those in quotes are none. */
function chainOf(line: string): string[] {
  const masked = withoutQuoted(line);
  const parts: string[] = [];
  let start = 0;
  for (const match of masked.matchAll(/\s*&&\s*/g)) {
    parts.push(line.slice(start, match.index));
    start = match.index + match[0].length;
  }
  return [...parts, line.slice(start)];
}

/** The same line with every quoted character replaced, so that what is left is for the shell. */
function withoutQuoted(line: string): string {
  return line.replace(/\\.|'[^']*'|"(?:\\.|[^"\\])*"/gs, (quoted) => '_'.repeat(quoted.length));
}
