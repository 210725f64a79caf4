import { REDIS_DATABASE } from './rules';
import { StackElement } from '../../model/element';
import { Finding } from '../../model/finding';
import { pathOf } from '../../model/path';

/** What is in which database when nothing is said: what may be evicted, and what must not, apart from each other. */
export const USUAL_DATABASES: { readonly [name: string]: number } = { cache: 0, broker: 1 };

/** The numbered databases of a Redis server under the names that a definition gives them. */
export class LogicalDatabases {
  constructor(private readonly owner: StackElement, private readonly numbers: { readonly [name: string]: number }) {}

  /** The lowest number that was given. */
  public first(): number {
    return Math.min(...Object.values(this.numbers));
  }

  /** The number of the one that is called `broker`, or of the first one. */
  public broker(): number {
    return this.numbers.broker ?? this.first();
  }

  /**
   * The number behind a name.
   *
   * @throws when no database has that name
   */
  public numberOf(name: string): number {
    const number = this.numbers[name];
    if (number === undefined) {
      const taken = Object.entries(this.numbers).map(([each, at]) => `${each}: ${at}`);
      const free = [...Array(16).keys()].find((each) => !Object.values(this.numbers).includes(each));
      throw new Error(`${pathOf(this.owner)} has no database "${name}". Write: databases: { ${[...taken, `${name}: ${free}`].join(', ')} }.`);
    }
    return number;
  }

  /** Numbers that Redis does not have, or that two names share. */
  public findings(): Finding[] {
    const at = { path: pathOf(this.owner), location: this.owner.sourceLocation, rule: REDIS_DATABASE };
    const entries = Object.entries(this.numbers);
    const wrong = entries.filter(([, number]) => !Number.isInteger(number) || number < 0 || number > 15).map(([name, number]) => (
      { ...at, message: `The database "${name}" has the number ${number}.`, fix: 'Write a whole number from 0 to 15.' }
    ));
    const twice = entries.flatMap(([name, number], index) => {
      const earlier = entries.slice(0, index).find(([, other]) => other === number);
      return earlier ? [{ ...at, message: `The databases "${earlier[0]}" and "${name}" both have the number ${number}.`, fix: 'Write a number of its own for each.' }] : [];
    });
    const none = entries.length === 0 ? [{ ...at, message: 'No database has a name.', fix: 'Write: databases: { cache: 0 }, or leave databases out.' }] : [];
    return [...none, ...wrong, ...twice];
  }
}
