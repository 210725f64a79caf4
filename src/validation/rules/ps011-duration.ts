import { Severity } from '../../model/finding';
import { HealthCheck, HealthCheckKind } from '../../model/health-check';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { durationMillis } from '../../model/units';
import { Problem, ServiceRule } from '../mode-rule';
import { quote } from '../text';

/** The longest duration that fits into Go's 64 bits of nanoseconds. */
const LONGEST_MILLIS = 9_223_372_036_000;

/** A duration can be read, and means what it says. */
export class DurationRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS011',
      severity: Severity.ERROR,
      title: 'Durations are written as in Compose, and health checks have sensible ones',
      reason: 'Compose refuses what it cannot read; to the engine a zero means its own default, and it takes nothing between 0 and 1 ms.',
    });
  }

  protected inspect(_service: Service, settings: ServiceSettings): Problem[] {
    const { healthCheck, stopGracePeriod } = settings;
    return [
      ...(stopGracePeriod === undefined ? [] : readable('stopGracePeriod', stopGracePeriod, '30s')),
      ...(healthCheck && healthCheck.kind !== HealthCheckKind.NONE ? timing(healthCheck) : []),
    ];
  }
}

function timing(check: HealthCheck): Problem[] {
  const { retries } = check;
  return [
    ...positive('interval', check.interval, '10s'),
    ...positive('timeout', check.timeout, '5s'),
    ...readable('startPeriod', check.startPeriod, '30s'),
    ...positive('startInterval', check.startInterval, '1s'),
    ...(Number.isInteger(retries) && retries >= 1 ? [] : [{
      message: `The health check has ${retries} retries; it takes a whole number from 1.`, fix: 'Write: retries: 5.',
    }]),
  ];
}

function readable(name: string, text: string, example: string): Problem[] {
  const millis = durationMillis(text);
  if (millis !== undefined && millis <= LONGEST_MILLIS) return [];
  const why = millis === undefined ? 'is not a duration: whole numbers, each with us, ms, s, m or h' : 'is longer than Compose can count (292 years)';
  return [{ message: `${name} ${quote(text)} ${why}.`, fix: `Write: ${name}: '${suggestion(text) ?? example}'.` }];
}

function positive(name: string, text: string, example: string): Problem[] {
  const millis = durationMillis(text);
  if (millis === undefined || millis >= 1) return readable(name, text, example);
  return [{ message: `${name} ${quote(text)} is shorter than the engine takes (1ms).`, fix: `Write: ${name}: '${example}'.` }];
}

/** What a person most probably meant: a plain number is seconds, and days and weeks are hours. */
function suggestion(text: string): string | undefined {
  const match = /^(\d{1,6})\s*(|s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?|d|days?|w|weeks?)$/i.exec(text.trim());
  if (!match) return undefined;
  const unit = match[2].slice(0, 1).toLowerCase() || 's';
  const hours: { [unit: string]: number } = { d: 24, w: 168 };
  return hours[unit] ? `${Number(match[1]) * hours[unit]}h` : `${match[1]}${unit}`;
}
