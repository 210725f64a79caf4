import { Dockerfile } from '../../model/dockerfile/dockerfile';

/**
 * What a build may read, as a list of what is allowed: a file that nobody thought of stays outside.
 *
 * @see https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function ignoreText(dockerfile: Dockerfile): string {
  const groups = [
    ['*', ...dockerfile.allowedPaths.map((path) => `!${path}`)],
    dockerfile.ignoredPatterns,
  ].filter((group) => group.length > 0);
  return `# The build reads what has an exclamation mark here, and nothing else.\n\n${groups.map((group) => group.join('\n')).join('\n\n')}\n`;
}
