/** docs/performance.md: what each run measured replaces its section, and the others stay. */

const begin = (name) => `<!-- bench:${name} -->`;
const end = (name) => `<!-- /bench:${name} -->`;

/** What marks figures that the last run should have replaced, and could not. */
const OLD = '> Not measured in the last run';

const HEAD = `# Performance

Written by \`npm run bench -- --write\`; do not edit. A figure is a ratio of two sides that were measured in one run, in turn
(A B B A), after a warm-up: the median of the rounds' ratios, and in brackets the least and the greatest. Times of one
machine say little about another; ratios do. Nothing here is a test: no build fails because a machine was slow.

To repeat it: \`npm run bench\` prints all of it, \`npm run bench -- --only synth,size\` a part, \`--runs N\` changes the number of
rounds, and \`up\` needs a Docker engine. Sections may come from different runs; each says what it was measured with.
`;

const NEVER = 'Not measured yet';

/** What the document says about a section now; undefined when it has no figures. */
function figuresIn(text, name) {
  const start = text.indexOf(`${begin(name)}\n`);
  const stop = text.indexOf(`\n${end(name)}`);
  if (start < 0 || stop < start) return undefined;
  const body = text.slice(start + begin(name).length + 1, stop);
  return body.includes(`\n${NEVER}: `) ? undefined : body;
}

const withoutMark = (body) => (body.startsWith(OLD) ? body.slice(body.indexOf('\n\n') + 2) : body);

function bodyOf({ name, title, markdown, reason }, before) {
  if (markdown !== undefined) return markdown;
  const figures = figuresIn(before, name);
  if (figures === undefined) return `## ${title}\n\n${NEVER}: ${reason ?? 'no run has included it'}.`;
  return reason === undefined ? figures : `${OLD} (${reason}); the figures are an earlier run's.\n\n${withoutMark(figures)}`;
}

/**
 * The whole document.
 *
 * @param sections in order: `{ name, title }` with the `markdown` of what was measured, with the `reason` why it could not be, or
 *   with neither for what was not asked for, which stays as it is
 * @param before the document as it was
 */
export function renderDocument(sections, before = '') {
  return [HEAD, ...sections.map((section) => [begin(section.name), bodyOf(section, before), end(section.name), ''].join('\n'))].join('\n');
}
