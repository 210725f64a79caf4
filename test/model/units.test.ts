import { durationMillis, sizeBytes } from '../../src/model/units';

test.each([
  ['10s', 10_000], ['1m30s', 90_000], ['500ms', 500], ['1h', 3_600_000], ['250us', 0.25], ['0s', 0], ['1h1m1s1ms', 3_661_001],
])('the duration %s is %d ms', (text, millis) => expect(durationMillis(text)).toBe(millis));

test.each(['', '10', 's', '10 s', '1.5s', '-1s', '10S', '10sec', '1d', '10s ', 's10'])(
  '%j is no duration', (text) => expect(durationMillis(text)).toBeUndefined(),
);

test.each([
  ['0', 0], ['1048576', 1048576], ['64b', 64], ['64k', 65536], ['64KB', 65536], ['512M', 536870912], ['512mb', 536870912], ['2g', 2147483648], ['2Gb', 2147483648],
])('the size %s is %d bytes', (text, bytes) => expect(sizeBytes(text)).toBe(bytes));

test.each(['', 'M', '1.5G', '-1', '512 M', '1T', '1MiB', '1bb', 'big'])('%j is no size', (text) => expect(sizeBytes(text)).toBeUndefined());
