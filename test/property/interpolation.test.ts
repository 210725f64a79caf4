import * as fc from 'fast-check';
import { writableText } from './texts';
import { Mode, Value, Variable } from '../../src';
import { escapeDollars, interpolate } from '../../src/targets/compose/interpolation';
import '../support/seed';

/**
 * Compose's interpolation, as its specification has it, for texts without braces of their own.
 *
 * @see https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md
 */
function resolve(text: string, environment: ReadonlyMap<string, string>): string {
  let at = 0;
  const until = (end: string): string => {
    let found = '';
    for (; at < text.length && text[at] !== end; at++) {
      if (text[at] !== '$') found += text[at];
      else if (text[++at] === '$') found += '$';
      else found += reference();
    }
    return found;
  };
  const reference = (): string => {
    const match = /^\{([A-Za-z_][A-Za-z0-9_]*):([-?])/.exec(text.slice(at));
    if (!match) throw new Error(`a lone dollar sign at ${at} of ${JSON.stringify(text)}`);
    at += match[0].length;
    const rest = until('}');
    if (at >= text.length) throw new Error(`no end of ${match[1]} in ${JSON.stringify(text)}`);
    const set = environment.get(match[1]);
    if (!set && match[2] === '?') throw new Error(`${match[1]} is missing: ${rest}`);
    return set || rest;
  };
  return until('');
}

const text = writableText.map((each) => each.replace(/[{}]/g, '$'));
const NONE: ReadonlyMap<string, string> = new Map();

test('text is read as itself', () => {
  fc.assert(fc.property(writableText, (each) => {
    expect(resolve(escapeDollars(each), NONE)).toBe(each);
    for (const mode of [Mode.DEVELOPMENT, Mode.PRODUCTION]) expect(interpolate(Value.literal(each), mode)).toBe(escapeDollars(each));
  }), { numRuns: 1000 });
});

test('texts side by side are read as one, wherever they are cut', () => {
  fc.assert(fc.property(fc.array(writableText), (parts) => {
    const value = Value.concat(...parts.map((each) => Value.literal(each)));
    expect(resolve(interpolate(value, Mode.PRODUCTION), NONE)).toBe(parts.join(''));
  }));
});

test('in development a variable is what is set, or its default, however deep', () => {
  fc.assert(fc.property(text, text, text, fc.option(text), fc.option(text), (before, inner, outer, setInner, setOuter) => {
    const first = new Variable('FIRST', { defaultValue: Value.literal(inner) });
    const second = new Variable('SECOND', { defaultValue: Value.concat(Value.literal(outer), Value.of(first), Value.literal(outer)) });
    const set = new Map([['FIRST', setInner ?? ''], ['SECOND', setOuter ?? '']]);
    const value = Value.concat(Value.literal(before), Value.of(second), Value.literal(before));
    const wanted = before + (setOuter || outer + (setInner || inner) + outer) + before;
    expect(resolve(interpolate(value, Mode.DEVELOPMENT), set)).toBe(wanted);
    if (!setInner && !setOuter) expect(value.developmentText).toBe(wanted);
  }), { numRuns: 500 });
});

test('in production a required variable has no default, and its absence is an error that names it', () => {
  fc.assert(fc.property(text.filter((each) => each !== ''), text, (standing, set) => {
    const value = Value.of(new Variable('SECRET', { defaultValue: Value.literal(standing), secret: true }));
    const rendered = interpolate(value, Mode.PRODUCTION);
    expect(rendered).not.toContain(`:-${escapeDollars(standing)}`);
    expect(() => resolve(rendered, NONE)).toThrow('SECRET is missing: set SECRET');
    if (set) expect(resolve(rendered, new Map([['SECRET', set]]))).toBe(set);
  }));
});
