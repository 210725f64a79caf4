/** A DNS label (RFC 1123): what Compose, Docker's DNS and Kubernetes all accept as the name of a service. */
export function isDnsLabel(text: string): boolean {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}

/** A name that every shell accepts for an environment variable (POSIX 8.1). */
export function isVariableName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

/** The nearest DNS label to a text, to be offered as a correction. */
export function toDnsLabel(text: string): string {
  const label = text.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return label.replace(/^-+/, '').slice(0, 63).replace(/-+$/, '') || 'service';
}

/** An identifier as the prefix or the name of a variable: `ai-worker` becomes `AI_WORKER`. */
export function toVariableName(text: string): string {
  const name = text.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase().replace(/[^A-Z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  return /^[0-9]/.test(name) ? `_${name}` : name || '_';
}

/** A project's own name as that of its stack, without the scope of an npm package; a stack that is not the only one adds its id. */
export function stackNameFor(projectName: string, id: string): string {
  const name = toDnsLabel(projectName.replace(/^@[^/]*\//, ''));
  return id === 'stack' ? name : `${name}-${toDnsLabel(id)}`;
}
