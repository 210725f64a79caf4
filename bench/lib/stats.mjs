/** The arithmetic of the measurements. A sample is never a single number: it is told by its median, its least and its greatest. */

/** `{ median, min, max, runs }` of at least one number. */
export function summary(values) {
  if (values.length === 0) throw new Error('There is nothing to summarise: no run was made.');
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) throw new Error(`A measurement gave ${wrong}, which is no number.`);
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted[sorted.length - 1], runs: sorted.length };
}

/** Combines what two sides took in the same round: whatever slowed the machine down in that minute slowed down both. */
function paired(a, b, combine) {
  if (a.length !== b.length) throw new Error(`The sides were not measured equally often: ${a.length} and ${b.length} times.`);
  return summary(a.map((value, round) => combine(value, b[round])));
}

/** How many times as much the first side took, round by round. */
export const ratio = (a, b) => paired(a, b, (left, right) => left / right);

/** How much more the first side took, round by round. */
export const difference = (a, b) => paired(a, b, (left, right) => left - right);

/** Whether a ratio keeps its target. The unrounded median counts, and nothing is forgiven. */
export const isMet = ({ median }, target) => median <= target;
