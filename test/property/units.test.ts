import * as fc from 'fast-check';
import { writableText } from './texts';
import { durationMillis, sizeBytes } from '../../src/model/units';
import '../support/seed';

const MILLIS: { readonly [unit: string]: number } = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const BYTES: { readonly [unit: string]: number } = { '': 1, 'b': 1, 'k': 1024, 'kb': 1024, 'm': 1024 ** 2, 'mb': 1024 ** 2, 'g': 1024 ** 3, 'gb': 1024 ** 3 };

const amount = fc.nat(100_000);
const pieces = fc.array(fc.tuple(amount, fc.constantFrom(...Object.keys(MILLIS))), { minLength: 1, maxLength: 4 });

test('a duration is the sum of its pieces', () => {
  fc.assert(fc.property(pieces, (all) => {
    const text = all.map(([count, unit]) => `${count}${unit}`).join('');
    expect(durationMillis(text)).toBeCloseTo(all.reduce((sum, [count, unit]) => sum + count * MILLIS[unit], 0), 3);
  }));
});

test('a duration of whole seconds is the same in every unit', () => {
  fc.assert(fc.property(fc.nat(10_000), (seconds) => {
    expect(durationMillis(`${seconds}s`)).toBe(seconds * 1000);
    expect(durationMillis(`${seconds * 1000}ms`)).toBe(seconds * 1000);
    expect(durationMillis(`${Math.floor(seconds / 60)}m${seconds % 60}s`)).toBe(seconds * 1000);
  }));
});

test('a size is its number times its binary unit, in capitals too', () => {
  fc.assert(fc.property(amount, fc.constantFrom(...Object.keys(BYTES)), (count, unit) => {
    expect(sizeBytes(`${count}${unit}`)).toBe(count * BYTES[unit]);
    expect(sizeBytes(`${count}${unit.toUpperCase()}`)).toBe(count * BYTES[unit]);
  }));
});

test('what is neither is not guessed at', () => {
  const broken = pieces.chain((all) => fc.constantFrom(' ', '-', '.', 'd', 'x', '\n', 'µs', 'S').map((bad) => all.map(([count, unit]) => `${count}${unit}`).join('') + bad));
  fc.assert(fc.property(fc.oneof(broken, writableText.filter((text) => !/^(\d+(us|ms|s|m|h))+$/.test(text))), (text) => {
    expect(durationMillis(text)).toBeUndefined();
  }));
  fc.assert(fc.property(writableText.filter((text) => !/^\d+([kmg]?b?)$/i.test(text)), (text) => expect(sizeBytes(text)).toBeUndefined()));
  fc.assert(fc.property(amount, (count) => {
    for (const text of [`-${count}k`, `${count}.5m`, `${count} m`, `${count}t`, `${count}kib`, ` ${count}`, `${count}m\n`]) expect(sizeBytes(text)).toBeUndefined();
  }));
});
