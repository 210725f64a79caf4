const HOST_LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const REGISTRY = new RegExp(`^(?:${HOST_LABEL}(?:\\.${HOST_LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGESTS: { readonly [algorithm: string]: RegExp } = { sha256: /^[0-9a-f]{64}$/, sha384: /^[0-9a-f]{96}$/, sha512: /^[0-9a-f]{128}$/ };

/** An image reference, taken apart. */
export interface ImageReference {
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

/**
 * Takes an image reference apart without judging it.
 *
 * @see https://github.com/distribution/reference (the grammar)
 */
export function splitImage(text: string): ImageReference {
  const at = text.indexOf('@');
  const [named, digest] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
  const colon = named.lastIndexOf(':');
  if (colon <= named.lastIndexOf('/')) return { name: named, digest };
  return { name: named.slice(0, colon), tag: named.slice(colon + 1), digest };
}

/** What the engine refuses in an image reference; undefined when it takes it. */
export function imageProblem(text: string): string | undefined {
  const { name, tag, digest } = splitImage(text);
  const components = name.split('/');
  const [first] = components;
  // The same test as the engine's: a first part that could not be part of a name on the default registry is a host.
  const hasRegistry = components.length > 1 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const path = hasRegistry ? components.slice(1) : components;
  if (hasRegistry && !REGISTRY.test(first)) return `${JSON.stringify(first)} is no registry host`;
  if (name === '') return 'it has no name';
  if (path.some((component) => component !== component.toLowerCase())) return `${JSON.stringify(path.join('/'))} has capitals`;
  const wrong = path.find((component) => !COMPONENT.test(component));
  if (wrong !== undefined) return `${JSON.stringify(wrong)} is no part of a name: lower-case letters and digits, with single ".", "_" or hyphens between`;
  if (name.length > 255) return 'its name is longer than 255 characters';
  if (!hasRegistry && /^[a-f0-9]{64}$/.test(name)) return 'its name would be read as an image id';
  if (tag !== undefined && !TAG.test(tag)) return `${JSON.stringify(tag)} is no tag: at most 128 letters, digits, "_", "." and hyphens, no "." or hyphen first`;
  return digest === undefined ? undefined : digestProblem(digest);
}

function digestProblem(digest: string): string | undefined {
  const [algorithm, hex] = digest.split(/:(.*)/s);
  return DIGESTS[algorithm]?.test(hex ?? '') ? undefined : `${JSON.stringify(digest)} is no digest such as sha256: and 64 hexadecimal digits`;
}
