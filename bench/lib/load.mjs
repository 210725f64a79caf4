import { Agent, get } from 'node:http';
import { performance } from 'node:perf_hooks';

function ask(url, agent) {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume().on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${url} answered ${response.statusCode}`))));
    }).on('error', reject);
  });
}

/**
 * Asks for a page again and again with several clients at once, each over a connection that stays open.
 *
 * @returns requests a second, and the time in milliseconds that all but one percent stay below
 */
export async function loadOf(url, { clients = 20, seconds = 5, warmup = 1 } = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const during = async (length) => {
    const times = [];
    const end = performance.now() + length * 1000;
    await Promise.all(Array.from({ length: clients }, async () => {
      while (performance.now() < end) {
        const begin = performance.now();
        await ask(url, agent);
        times.push(performance.now() - begin);
      }
    }));
    return times.sort((a, b) => a - b);
  };
  try {
    await during(warmup);
    const times = await during(seconds);
    return { perSecond: times.length / seconds, p99: times[Math.floor(times.length * 0.99)] };
  } finally {
    agent.destroy();
  }
}
