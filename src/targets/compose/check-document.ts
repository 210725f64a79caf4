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

/**
 * Holds a finished document against the schema and against itself.
 *
 * A document whose shape is wrong is not read for its references: they would be misread.
 */
export function checkDocument(document: ComposeDocument, fileName: string, stack: StackModel): Finding[] {
  const shape = checkShape(document.content);
  const problems = shape.length > 0 ? shape : checkReferences(document.content);
  return problems.map((problem) => {
    const service = problem.path[0] === 'services' ? document.services.get(problem.path[1]) : undefined;
    return {
      rule: shape.length > 0 ? DOCUMENT_SHAPE : rule(problem),
      path: service ? pathOf(service) : stack.path,
      location: service?.sourceLocation ?? stack.location,
      message: `${fileName}, ${keyPath(problem.path)}: ${problem.message}`,
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
