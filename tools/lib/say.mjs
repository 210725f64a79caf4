/** How the tools talk: short lines, plain where no person watches. */

const colours = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
const paint = (code) => (text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint('1');
export const dim = paint('2');
export const green = paint('32');
export const red = paint('31');
export const yellow = paint('33');

/** Seconds for people: `0.8 s`, `42 s`, `3 min 5 s`. */
export function seconds(milliseconds) {
  const s = milliseconds / 1000;
  if (s < 9.95) return `${s.toFixed(1)} s`;
  const whole = Math.round(s);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

export const say = (text = '') => void process.stdout.write(`${text}\n`);
export const ok = (text) => say(`  ${green('✓')} ${text}`);
export const bad = (text) => say(`  ${red('✗')} ${text}`);
export const note = (text) => say(`  ${dim('·')} ${text}`);

/**
 * Runs a tool's main function. What a person can correct (an error with `expected` or an `exitCode`) is shown as its
 * message; anything else is a defect of ours and keeps its stack trace.
 */
export async function main(action) {
  try {
    process.exitCode = (await action()) || 0;
  } catch (error) {
    const usage = error.constructor.name === 'UsageError';
    const shown = usage || error.expected ? error.message : error.stack;
    process.stderr.write(`\n${red('error')} ${shown}\n`);
    if (usage) process.stderr.write('See --help.\n');
    process.exitCode = usage ? 2 : 1;
  }
}

/** An error that a person can correct: shown without a stack trace. */
export function problem(message) {
  return Object.assign(new Error(message), { expected: true });
}
