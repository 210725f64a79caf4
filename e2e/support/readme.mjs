// What a README tells people to type, and what it mentions.

/** The fenced blocks of shell, with their kind and their commands, a line each; comments are for people. */
export function shellBlocks(text) {
  return [...text.matchAll(/^( *)```sh(?: (\w+))?\n([\s\S]*?)^ *```$/gm)].map(([, indent, kind = 'usual', body]) => ({
    kind, commands: body.split('\n').map((line) => line.slice(indent.length)).filter((line) => line.trim() !== '' && !line.startsWith('#')),
  }));
}

/** Every command of a README, in order, with the kind of its block. */
export const commandsIn = (text) => shellBlocks(text).flatMap(({ kind, commands }) => commands.map((command) => ({ kind, command })));

/** The text between backticks, fences apart. */
export const codeIn = (text) => [...text.replace(/^ *```[\s\S]*?^ *```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code);

/** The addresses of this machine that it mentions. */
export const urlsIn = (text) => [...new Set([...text.matchAll(/<(http:\/\/localhost:\d+[^>]*)>/g)].map(([, url]) => url))];
