import { RuleInfo } from '../finding';

/** What is wrong with a Dockerfile, and what to write instead. */
export interface Problem {
  readonly rule: RuleInfo;
  readonly message: string;
  readonly fix: string;
}

/** A text as it is shown, with everything invisible escaped. */
export function shown(text: unknown): string {
  return JSON.stringify(text) ?? String(text);
}

/** What a reader of a Dockerfile cannot take within one line. */
export function hasLineBreak(text: string): boolean {
  return /[\n\r\0]/.test(text);
}
