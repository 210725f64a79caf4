import react from '@vitejs/plugin-react';
import type { ProxyOptions } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * What differs between machines comes from the environment, so that this file never has to know whether it runs in a container.
 * Without any of it, the server listens on this machine alone and passes the API on to port 8000.
 */
const {
  DEV_HOST = 'localhost',
  DEV_PORT = '3000',
  /** Names under which other containers and machines may ask, separated by commas. */
  DEV_ALLOWED_HOSTS = '',
  /** `true` looks for changes by polling, for mounts whose events do not arrive. It costs processor time. */
  DEV_POLLING = 'false',
  DEV_POLLING_INTERVAL = '1000',
  /** What is passed on to whom: `/api=http://backend:8000`. A target that ends in `/` takes the place of the prefix. */
  DEV_PROXY = '/api=http://localhost:8000,/health=http://localhost:8000',
} = process.env;

const listOf = (text: string): string[] => text.split(/[\s,]+/).filter((entry) => entry !== '');

/** One rule of the proxy, for the prefix itself and everything below it. */
function proxyRule(rule: string): [string, ProxyOptions] {
  const [prefix = '', target] = rule.split(/=(.*)/s);
  if (!prefix.startsWith('/') || !target) throw new Error(`DEV_PROXY has "${rule}". Write: /api=http://localhost:8000`);
  const pattern = prefix.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const replaced = target.endsWith('/') ? { rewrite: (path: string) => path.slice(prefix.length).replace(/^(?!\/)/, '/') } : {};
  return [`^${pattern}(?:[/?]|$)`, { target: target.replace(/\/$/, ''), changeOrigin: true, ws: true, xfwd: true, ...replaced }];
}

const proxy = Object.fromEntries(listOf(DEV_PROXY).map(proxyRule));
const address = () => ({ host: DEV_HOST, port: Number(DEV_PORT), strictPort: true, allowedHosts: listOf(DEV_ALLOWED_HOSTS), proxy });

export default defineConfig({
  plugins: [
    react(),
  ],
  server: {
    ...address(),
    watch: { usePolling: DEV_POLLING === 'true', interval: Number(DEV_POLLING_INTERVAL) },
  },
  preview: address(),
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
