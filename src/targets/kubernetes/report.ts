import { Finding, RuleInfo } from '../../model/finding';
import { pathOf } from '../../model/path';
import { Service } from '../../model/service';
import { StackModel } from '../../model/stack-model';

/** A finding about a service. */
export function aboutService(rule: RuleInfo, service: Service, message: string, fix: string): Finding {
  return { rule, path: pathOf(service), location: service.sourceLocation, message, fix };
}

/** A finding about the stack. */
export function aboutStack(rule: RuleInfo, stack: StackModel, message: string, fix: string): Finding {
  return { rule, path: stack.path, location: stack.location, message, fix };
}

/** A text as it stands in a definition. */
export function shown(text: string): string {
  return JSON.stringify(text);
}
