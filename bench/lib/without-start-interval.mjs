/**
 * A Compose file as it would be without `start_interval`, and how many lines of it were taken out. Nothing else differs.
 *
 * @throws when there is none: two equal files are no comparison
 */
export function withoutStartInterval(text) {
  const lines = text.split('\n');
  const kept = lines.filter((line) => !/^\s+start_interval:/.test(line));
  if (kept.length === lines.length) throw new Error('The Compose file has no start_interval to compare with.');
  return { text: kept.join('\n'), removed: lines.length - kept.length };
}
