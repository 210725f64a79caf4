import { StackElement } from '../../model/element';
import { Finding, Severity } from '../../model/finding';
import { toVariableName } from '../../model/names';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { StackModel } from '../../model/stack-model';
import { Value } from '../../model/value';
import { Problem, ServiceRule } from '../mode-rule';
import { literal } from '../text';

/** What a secret is called, as the last words of a name in capitals. */
const SECRET_NAME = new RegExp(`(?:PASSWORD|(?:^|_)(?:${[
  'PASSWD', 'PASSPHRASE', 'PASS', 'SECRET', 'TOKEN', 'CREDENTIALS?', 'APIKEY', 'SECRET_KEY_BASE',
  '(?:API|PRIVATE|SECRET|ACCESS|SIGNING|ENCRYPTION|MASTER|SESSION|AUTH)_KEY',
].join('|')}))(?:_?\\d+)?$`);

/** A switch, or the path of a file that holds the secret, is none itself. */
const HARMLESS = /^(?:|0|1|true|false|yes|no|on|off|none|null)$|^\/(?:run\/secrets|etc|certs|secrets)\/|^\/.*\.(?:pem|key|crt|txt|json)$/i;

/** Stands for the value of a variable. */
const ELSEWHERE = '\uffff';
const PASSWORD_IN_URL = /[a-z][a-z0-9+.-]*:\/\/[^\s/@:?#]*:([^\s/@]+)@/i;

/** A secret is never part of a committed file. */
export class LiteralSecretRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS007',
      severity: Severity.ERROR,
      title: 'A secret is not given as a literal',
      reason: 'A literal stands in the committed files and is the same on every machine; a build argument stays in the image\'s history as well.',
    });
  }

  public check(stack: StackModel): Finding[] {
    return [...super.check(stack), ...stack.elements.flatMap((element) => this.unmarked(element))];
  }

  protected inspect(service: Service, settings: ServiceSettings): Problem[] {
    const environment = Object.entries(settings.environment ?? {}).flatMap(([key, value]) => {
      const name = toVariableName(key);
      if (looksSecret(key) && isSecretText(value)) {
        const fix = `Write: environment: { ${property(key)}: Value.of(service.addSecret(${literal(name)})) }.`;
        return [{ message: `The environment key ${key} is a secret with a literal value.`, fix }];
      }
      return hasPassword(value) ? [{ message: `The environment key ${key} is a URL with a literal password.`, fix: url(`${name}_PASSWORD`) }] : [];
    });
    const args = Object.entries(settings.imageBuild?.args ?? {}).flatMap(([name, value]) => {
      const variable = value.variables.find((each) => each.secret);
      if (!variable && !(looksSecret(name) && isSecretText(value)) && !hasPassword(value)) return [];
      return [{
        message: `The build argument ${name} ${variable ? `carries the secret ${variable.variableName}` : 'is a secret with a literal value'}; whoever has the image can read it.`,
        fix: `Write: environment: { … } for what is needed at run time, or a build secret: overrides: { compose: { build: { secrets: [${literal(toVariableName(name).toLowerCase())}] } } }.`,
      }];
    });
    const words = [...(settings.command ?? []), ...(settings.entrypoint ?? [])].filter(hasPassword).map(() => ({
      message: 'A URL with a literal password is among the arguments.', fix: url(`${toVariableName(service.serviceName)}_PASSWORD`),
    }));
    const logging = Object.entries(settings.logging?.options ?? {}).filter(([key, text]) => looksSecret(key) && isSecretText(Value.literal(text)));
    return [...environment, ...args, ...words.slice(0, 1), ...logging.map(([key]) => ({
      message: `The logging option ${key} is a secret with a literal value.`,
      fix: `Write: overrides: { compose: { logging: { options: { ${property(key)}: '\${${toVariableName(key)}:?}' } } } }.`,
    }))];
  }

  /** Variables that hold a secret without saying so: their default would not be kept out of sight. */
  private unmarked(element: StackElement): Finding[] {
    const variables = new Set(element.variables().flatMap((variable) => variable.withReferences));
    return [...variables].flatMap((variable) => {
      const { variableName: name, defaultValue, secret } = variable;
      if (secret || !defaultValue || !(looksSecret(name) && isSecretText(defaultValue) || hasPassword(defaultValue))) return [];
      return [this.findingAt(
        element,
        `The variable ${name} has a secret as its default and is not marked as one.`,
        `Write: service.addSecret(${literal(name)}), or secret: true in its options.`,
      )];
    });
  }
}

/** How a URL is written whose password is the operator's. */
function url(name: string): string {
  return `Write: Value.concat(Value.literal('scheme://user:'), Value.of(service.addSecret('${name}')), Value.literal('@host/')).`;
}

function property(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : literal(key);
}

function looksSecret(name: string): boolean {
  return SECRET_NAME.test(toVariableName(name));
}

/** Whether a value is text alone, and such that it could be a secret. */
function isSecretText(value: Value): boolean {
  return value.isLiteral && !HARMLESS.test(value.developmentText);
}

/** Whether a URL in a value has a password without a variable in it. */
function hasPassword(value: Value): boolean {
  const text = value.parts.map((part) => part.text ?? ELSEWHERE).join('');
  const password = PASSWORD_IN_URL.exec(text)?.[1];
  return password !== undefined && !password.includes(ELSEWHERE);
}
