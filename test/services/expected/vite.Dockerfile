# The packages, exactly as the lockfile names them.
FROM node:24-alpine AS dependencies
ENV pnpm_config_update_notifier=false \
    pnpm_config_verify_deps_before_run=false
WORKDIR /app

RUN --mount=type=cache,target=/var/cache/npm \
    npm install --global --no-audit --no-fund --cache /var/cache/npm pnpm@12.4.2

COPY package.json pnpm-lock.yaml* pnpm-workspace.yaml* .npmrc* ./

RUN --mount=type=cache,target=/var/cache/pnpm \
    <<EOF
set -e
if [ -f pnpm-lock.yaml ]; then
  pnpm install --frozen-lockfile --store-dir /var/cache/pnpm
else
  echo "There is no pnpm-lock.yaml: other versions may be installed next time. Make it by the task frontend:lock." >&2
  pnpm install --no-frozen-lockfile --store-dir /var/cache/pnpm
fi
EOF


FROM dependencies AS development
ARG APP_UID=1000
ARG APP_GID=1000

# Whoever develops has no folder of their own here.
ENV DEV_HOST=0.0.0.0 \
    DEV_PORT=3000 \
    HOME=/tmp

# The container runs with the ids of whoever develops, so that what it writes is theirs; the packages
# belong to root.
RUN mkdir -p node_modules/.tmp node_modules/.vite node_modules/.vite-temp \
    && chown "$APP_UID:$APP_GID" . node_modules/.tmp node_modules/.vite node_modules/.vite-temp

# Without src and public: mounted, so a change there needs no new image.
COPY --chown=$APP_UID:$APP_GID *.config.* .*rc .*rc.* tsconfig*.json ./
COPY --chown=$APP_UID:$APP_GID index.html ./index.html
COPY --chown=$APP_UID:$APP_GID scripts ./scripts

EXPOSE 3000

# Known when the image is built.
# hadolint ignore=DL3066
USER $APP_UID:$APP_GID
CMD ["pnpm", "run", "dev"]


FROM dependencies AS build
ENV NODE_ENV=production

COPY . .
RUN pnpm run build


FROM nginxinc/nginx-unprivileged:1.29-alpine AS production
ENV NGINX_ENVSUBST_OUTPUT_DIR=/tmp

# The base ends with another user; what follows is done as root.
USER 0

# Nothing but /tmp has to be writable: the finished configuration is there.
RUN ln -sf /tmp/default.conf /etc/nginx/conf.d/default.conf

COPY --chmod=644 nginx/default.conf.template /etc/nginx/templates/
COPY --chmod=755 nginx/runtime.sh /docker-entrypoint.d/50-runtime.sh
COPY --from=build /app/dist /usr/share/nginx/html

EXPOSE 3000
USER 101
