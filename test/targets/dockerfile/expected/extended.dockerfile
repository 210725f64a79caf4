FROM python:3.13-slim AS base

# Versions are those of the base image's distribution, whose archive keeps the latest only.
# hadolint ignore=DL3008
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
    && apt-get update \
    && apt-get install --yes --no-install-recommends \
        curl \
        libpq5


FROM node:24-slim AS assets

RUN npm run build


FROM base AS production

COPY --from=assets /dist /app/static

COPY app /app
RUN chmod -R a-w /app

USER 1000:1000
CMD ["serve"]
