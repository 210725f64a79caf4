/**
 * Measures several sides in turn, A B B A, so that a machine that gets slower or faster meanwhile does so for all of them, and so that
 * none is always the one that comes behind another.
 *
 * @param sides functions by name; each does its work once and gives what it measured
 * @param options.runs how many rounds count
 * @param options.warmups how many rounds before them do not
 * @param options.progress told before each round
 * @returns what each side gave in each round that counts, by its name
 */
export async function rounds(sides, { runs, warmups = 1, progress = () => {} }) {
  const results = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  for (let round = -warmups; round < runs; round++) {
    progress(round < 0 ? 'warm-up' : `round ${round + 1} of ${runs}`);
    const inTurn = Object.entries(sides);
    if (round % 2 !== 0) inTurn.reverse();
    for (const [name, side] of inTurn) {
      const value = await side();
      if (round >= 0) results[name].push(value);
    }
  }
  return results;
}
