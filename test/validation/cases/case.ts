import { Service } from '../../../src/model/service';
import { ServiceProps } from '../../../src/model/service-props';
import { Stack } from '../../../src/stack';
import { StackProps } from '../../../src/stack-props';

/** A definition. */
export interface Definition {
  readonly name: string;
  readonly props?: StackProps;
  readonly define: (stack: Stack) => void;
}

/** A definition that a rule refuses, with everything that it says. */
export interface Refused extends Definition {
  readonly findings: string[];
}

/** What a rule refuses, and what it lets pass. */
export interface RuleCases {
  readonly ruleId: string;
  readonly bad: Refused[];
  readonly good: Definition[];
}

/** A service with nothing wrong in it, so that a case shows only what it is about. */
export function service(stack: Stack, id: string, props: ServiceProps = {}): Service {
  return new Service(stack, id, { image: 'example.com/app:1.0', ...props });
}

/** A definition of one service. */
export function one(name: string, props: ServiceProps): Definition {
  return { name, define: (stack) => { service(stack, 'app', props); } };
}

/** A definition of one service that a rule refuses. */
export function badOne(name: string, props: ServiceProps, findings: string[]): Refused {
  return { ...one(name, props), findings };
}
