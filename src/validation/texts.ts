import { StackElement } from '../model/element';
import type { Service } from '../model/service';
import { Value } from '../model/value';

/** A text of a definition, and what it is. */
export interface Text {
  readonly at: string;
  readonly text: string;
}

/** What refers to another service, whose texts are its own. */
const REFERENCES = ['dependsOn', 'imageOf'];

/** Every text of an element that is written somewhere, other than the defaults of variables. */
export function textsOf(element: StackElement): Text[] {
  const found: Text[] = [];
  for (const variable of element.variables()) collect(variable.description, `The description of ${variable.variableName}`, found);
  if (isService(element)) {
    collect(element.description, 'The description', found);
    for (const mode of element.modes) {
      for (const [key, value] of Object.entries(element.settings(mode))) if (!REFERENCES.includes(key)) collect(value, key, found);
    }
  }
  return found;
}

/** Whether an element is a service, also one of another copy of this library. */
function isService(element: StackElement): element is Service {
  return 'settings' in element && 'serviceName' in element;
}

/** A value's literals, or everything below a list, a map, or an object of the model. */
function collect(value: unknown, at: string, found: Text[]): void {
  if (typeof value === 'string') found.push({ at, text: value });
  else if (Array.isArray(value)) value.forEach((item, index) => collect(item, `${at}[${index}]`, found));
  else if (value instanceof Value) value.parts.forEach((part) => collect(part.text, at, found));
  else if (typeof value === 'object' && value !== null) for (const [key, item] of Object.entries(value)) collect(item, `${at}.${key}`, found);
}
