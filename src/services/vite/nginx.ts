import { Upstream } from './routes';

/** What the page may load and do, when nothing else is said: what the build of Vite consists of, from its own origin. */
const POLICY: { readonly [directive: string]: string } = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self' ${CSP_CONNECT_SRC}",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
};

/** What the configuration of the web server is made of. */
export interface WebServer {
  readonly port: number;
  readonly upstreams: readonly Upstream[];
  readonly contentSecurityPolicy: { readonly [directive: string]: string };
}

/** The path that says whether the web server answers. */
export const HEALTH_PATH = '/_health';

/**
 * The configuration of the production web server: a template in which the image replaces `${NAME}` by its environment.
 *
 * @see https://nginx.org/en/docs/http/ngx_http_core_module.html
 */
export function webServerConfiguration({ port, upstreams, contentSecurityPolicy }: WebServer): string {
  return `# \${NAME} is replaced by the environment of the container when it starts.

include /tmp/runtime/resolver.conf;

gzip on;
gzip_comp_level 5;
gzip_min_length 1024;
gzip_vary on;
gzip_types text/css text/javascript application/javascript application/json application/manifest+json image/svg+xml;
${upstreams.length > 0 ? PROXY_MAPS : ''}
server {
  listen ${port};
  root /usr/share/nginx/html;
  server_tokens off;
  absolute_redirect off;

  # Headers stand here once: a location with headers of its own would lose these. An empty one is not sent.
  set $caching "no-cache";
  set $policy "${policyText(contentSecurityPolicy)}";
  add_header Cache-Control $caching;
  add_header Content-Security-Policy $policy always;
  add_header Permissions-Policy "camera=(), geolocation=(), microphone=()" always;
  add_header Referrer-Policy "strict-origin-when-cross-origin" always;
  add_header X-Content-Type-Options "nosniff" always;
  add_header X-Frame-Options "DENY" always;
  add_header Cross-Origin-Opener-Policy "same-origin" always;
${upstreams.length > 0 ? PROXY_SETTINGS : ''}
  # Any path that is no file is a page of the application.
  location / {
    try_files $uri /index.html;
  }

  # The names of these files change with what is in them.
  location /assets/ {
    set $caching "public, max-age=31536000, immutable";
    try_files $uri =404;
  }

  location = /config.js {
    alias /tmp/runtime/config.js;
  }

  location = ${HEALTH_PATH} {
    access_log off;
    default_type text/plain;
    return 200 "ok\\n";
  }
${upstreams.map(location).join('')}${upstreams.length > 0 ? AWAY : ''}}
`;
}

const PROXY_MAPS = `
map $http_upgrade $connection_upgrade {
  default upgrade;
  ""      "";
}

# What speaks TLS stands in front of this server and says so.
map $http_x_forwarded_proto $client_scheme {
  default $http_x_forwarded_proto;
  ""      $scheme;
}
`;

const PROXY_SETTINGS = `
  client_max_body_size \${MAX_REQUEST_SIZE};
  set $api_host $http_host;
  proxy_http_version 1.1;
  proxy_connect_timeout 3s;
  proxy_set_header Host $api_host;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $connection_upgrade;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_set_header X-Forwarded-Host $http_host;
  proxy_set_header X-Forwarded-Proto $client_scheme;
`;

const AWAY = `
  location @away {
    internal;
    default_type application/json;
    return 503 '{"detail":"the API cannot be reached"}';
  }
`;

/** Requests that are passed on. The address stands in a variable so that it is looked up for each request, not once at the start. */
function location({ api, variableName, prefixes, stripPrefix }: Upstream): string {
  const escaped = prefixes.map((prefix) => prefix.replace(/^\//, '').replace(/[.*+?^$(){}|[\]\\]/g, '\\$&'));
  const paths = escaped.length === 1 ? escaped[0] : `(?:${escaped.join('|')})`;
  const lines = [
    'set $caching "";',
    'set $policy "";',
    `set $api \${${variableName}};`,
    ...(api.provider ? ['if ($api ~ "^([a-z]+://[^/:.]+)(.*)$") {', '  set $api $1$service_domain$2;', '}'] : ['if ($api ~ "^https?://([^/]+)") {', '  set $api_host $1;', '}', 'proxy_ssl_server_name on;']),
    ...(stripPrefix ? [`rewrite "^/${paths}/?(.*)$" /$1 break;`] : []),
    'proxy_pass $api;',
    'error_page 502 504 = @away;',
  ];
  return `\n  location ~ "^/${paths}(?:/|$)" {\n${lines.map((line) => `    ${line}\n`).join('')}  }\n`;
}

/** The Content Security Policy, with what the definition adds to each directive. */
function policyText(added: { readonly [directive: string]: string }): string {
  const directives = [...new Set([...Object.keys(POLICY), ...Object.keys(added)])];
  return directives.map((directive) => {
    const usual = POLICY[directive] === "'none'" && added[directive] !== undefined ? undefined : POLICY[directive];
    return [directive, usual, added[directive]].filter((text) => text !== undefined && text !== '').join(' ');
  }).join('; ');
}
