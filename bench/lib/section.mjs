import { duration, spread, times, verdict } from './format.mjs';

/*
 * What a measurement gives is a section:
 *   basis        lines on what was compared with what, and how
 *   comparisons  [{ what, a, b, ratio, target }]: summaries of both sides, and of their ratio round by round
 *   facts        [[what, figure]]: figures without a second side
 *   limits       what bounds the figures
 *   conditions   the machine and the programs that they were made with
 */

const cell = (text) => text.replace(/\|/g, '\\|');

const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`);

const target = (comparison) => (comparison.target === undefined ? '–' : `at most ${comparison.target}×`);

/** The section as it stands in docs/performance.md. */
export function toMarkdown({ title, basis, comparisons = [], facts = [], limits = [], conditions }) {
  const rows = comparisons.map((each) => [
    each.what, spread(each.a, each.unit), spread(each.b, each.unit), spread(each.ratio, times), target(each), verdict(each),
  ]);
  return [
    `## ${title}`,
    '',
    ...basis.flatMap((paragraph) => [paragraph, '']),
    ...(rows.length > 0 ? [...table(['A against B', 'A', 'B', 'ratio A / B', 'target', ''], rows), ''] : []),
    ...(facts.length > 0 ? [...table(['figure', ''], facts), ''] : []),
    ...limits.flatMap((paragraph) => [paragraph, '']),
    `Measured with: ${conditions}.`,
  ].join('\n');
}

/** The section as a run prints it. */
export function toText({ title, comparisons = [], facts = [], conditions }) {
  return [
    title,
    ...comparisons.flatMap((each) => [
      `  ${each.what}: ${spread(each.ratio, times)}; target ${target(each)}: ${verdict(each)}`,
      `    A ${spread(each.a, each.unit ?? duration)}, B ${spread(each.b, each.unit ?? duration)}`,
    ]),
    ...facts.map(([what, figure]) => `  ${what}: ${figure}`),
    `  ${conditions}`,
  ].join('\n');
}
