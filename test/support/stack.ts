import { Project } from 'projen';
import { parse } from 'yaml';
import { tempFolder } from './synth';
import { Finding, Mode, Severity, Stack, StackProps } from '../../src';
import { formatFinding } from '../../src/model/finding';

/** A stack without services in a new project called shop. */
export function newStack(props: StackProps = {}, id?: string): Stack {
  return new Stack(new Project({ name: 'shop', outdir: tempFolder() }), id, props);
}

/**
 * What a stack renders to, by path and without the header that the writer puts on top; nothing reaches the disk.
 *
 * @throws when a rule is broken
 */
export function render(stack: Stack): { [filePath: string]: string } {
  const { findings, outputs } = stack.evaluate();
  const errors = findings.filter((finding) => finding.rule.severity === Severity.ERROR);
  if (errors.length > 0) throw new Error(errors.map(formatFinding).join('\n'));
  return Object.fromEntries(outputs.flatMap((output) => output.files).map((file) => [file.filePath, file.content]));
}

/** The Compose document of a mode as a reader of YAML sees it. */
export function document(stack: Stack, mode: Mode = Mode.DEVELOPMENT): any {
  return parse(render(stack)[mode === Mode.DEVELOPMENT ? 'compose.yaml' : 'compose.prod.yaml']);
}

/** One service of the Compose document of a mode. */
export function serviceOf(stack: Stack, name: string, mode: Mode = Mode.DEVELOPMENT): any {
  return document(stack, mode).services[name];
}

/** The findings of some rules as the lines that people read. */
export function lines(findings: readonly Finding[], ...ruleIds: string[]): string[] {
  return findings.filter((finding) => ruleIds.includes(finding.rule.ruleId)).map((finding) => stable(formatFinding(finding)));
}

/** A text that does not depend on where a test stands: the lines of test files are the word LINE. */
export function stable(text: string): string {
  return text.replace(/(\.ts):\d+/g, '$1:LINE');
}

/** The message of the error that something throws, as `stable` gives it. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return stable((error as Error).message);
  }
  throw new Error('nothing was thrown');
}
