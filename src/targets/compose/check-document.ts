import { ComposeDocument } from './document';
import { checkReferences } from './schema/check-references';
import { checkShape, ShapeProblem } from './schema/check-shape';
import { Finding, RuleInfo, Severity } from '../../model/finding';
import { pathOf } from '../../model/path';
import { StackModel } from '../../model/stack-model';

/** The finished document is one that the Compose schema accepts. */
export const DOCUMENT_SHAPE: RuleInfo = {
  ruleId: 'PS050',
  severity: Severity.ERROR,
  title: 'The finished Compose document follows the Compose Specification',
  reason: 'An override reaches every key of the specification, so it can also break it; Compose would refuse the file.',
};

/** What the finished document refers to exists. */
export const DOCUMENT_REFERENCE: RuleInfo = {
  ruleId: 'PS051',
  severity: Severity.ERROR,
  title: 'What the finished Compose document refers to exists and does not clash',
  reason: 'The schema knows nothing of names: a missing volume, an equal host port or an unknown restart policy shows only at start, or never.',
};

/** Nothing in the finished document is useless. */
export const DOCUMENT_DOUBT: RuleInfo = {
  ruleId: 'PS052',
  severity: Severity.WARNING,
  title: 'Nothing in the finished Compose document is without effect',
  reason: 'Compose drops what no service uses, and waits for health that only an image could report.',
};

/** A finished document under the name of its file. */
export interface NamedDocument {
  readonly fileName: string;
  readonly document: ComposeDocument;
}

/**
 * Holds finished documents against the schema and against themselves. What is wrong with several of them is said once.
 */
export function checkDocuments(documents: readonly NamedDocument[], stack: StackModel): Finding[] {
  const byProblem = new Map<string, { readonly fileNames: string[]; readonly finding: Finding }>();
  for (const { fileName, document } of documents) {
    for (const finding of checkDocument(document, stack)) {
      const key = JSON.stringify([finding.rule.ruleId, finding.path, finding.message, finding.fix]);
      const known = byProblem.get(key);
      if (known) known.fileNames.push(fileName);
      else byProblem.set(key, { fileNames: [fileName], finding });
    }
  }
  return [...byProblem.values()].map(({ fileNames, finding }) => (
    { ...finding, message: `${fileNames.join(' and ')}, ${finding.message}` }
  ));
}

/** A document whose shape is wrong is not read for its references: they would be misread. */
function checkDocument(document: ComposeDocument, stack: StackModel): Finding[] {
  const shape = checkShape(document.content);
  const problems = shape.length > 0 ? shape : checkReferences(document.content);
  return problems.map((problem) => {
    const service = problem.path[0] === 'services' ? document.services.get(problem.path[1]) : undefined;
    return {
      rule: shape.length > 0 ? DOCUMENT_SHAPE : rule(problem),
      path: service ? pathOf(service) : stack.path,
      location: service?.sourceLocation ?? stack.location,
      message: `${keyPath(problem.path)}: ${problem.message}`,
      fix: problem.fix,
    };
  });
}

function rule(problem: ShapeProblem): RuleInfo {
  return problem.severity === 'warning' ? DOCUMENT_DOUBT : DOCUMENT_REFERENCE;
}

/** `services.web.ports[0]`. */
function keyPath(path: readonly string[]): string {
  return path.map((key, index) => (/^\d+$/.test(key) ? `[${key}]` : `${index > 0 ? '.' : ''}${key}`)).join('') || 'the document';
}
