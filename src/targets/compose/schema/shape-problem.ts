/** One thing that is wrong with a Compose document: where, what, and what to write instead. */
export interface ShapeProblem {
  /** The keys that lead to the place; the position in a list is a key of digits. */
  readonly path: string[];
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** What to write instead, as a sentence. */
  readonly fix: string;
  /** Whether Compose or the engine refuses the document, or takes it and does not do what it seems to say. */
  readonly severity: 'error' | 'warning';
}

/** Where a path stands in a document: the position of each of its keys among its siblings. */
function position(path: readonly string[], document: unknown): number[] {
  let node = document;
  return path.map((key) => {
    const keys = typeof node === 'object' && node !== null ? Object.keys(node) : [];
    node = (node as { [key: string]: unknown } | undefined)?.[key];
    const index = keys.indexOf(key);
    return index < 0 ? keys.length : index;
  });
}

/** The problems in the order in which their places stand in the document, so that two runs print the same. */
export function inDocumentOrder(problems: readonly ShapeProblem[], document: unknown): ShapeProblem[] {
  const placed = problems.map((problem) => ({ problem, at: position(problem.path, document) }));
  placed.sort((a, b) => {
    for (let i = 0; i < Math.min(a.at.length, b.at.length); i++) {
      if (a.at[i] !== b.at[i]) return a.at[i] - b.at[i];
    }
    return a.at.length - b.at.length;
  });
  return placed.map(({ problem }) => problem);
}
