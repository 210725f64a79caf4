# The image of the shop.

FROM python:3.13-slim AS base

# Logs appear when they are written.
ENV PATH="/opt/venv/bin:/opt/tools:$PATH" \
    PYTHONUNBUFFERED=1
WORKDIR /app


FROM base AS dependencies

# What was built.
ARG REVISION
ARG FLAGS="-O2 -g"

# Versions are those of the base image's distribution, whose archive keeps the latest only.
# hadolint ignore=DL3008
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
    && apt-get update \
    && apt-get install --yes --no-install-recommends \
        gcc \
        libpq-dev

RUN --mount=type=cache,target=/root/.cache/uv \
    --mount=type=bind,source=uv.lock,target=uv.lock \
    --mount=type=bind,from=busybox:1.37,source=/etc/x,target=/x \
    --mount=type=secret,id=index,env=UV_INDEX,required=true \
    --mount=type=secret,id=netrc,target=/etc/netrc \
    --mount=type=ssh \
    --network=default \
    uv sync --locked

ARG LATE=1
RUN make "$LATE"


# What runs: no compiler, no tests.
FROM base AS production

SHELL ["/bin/bash", "-o", "pipefail", "-c"]

COPY --from=dependencies /opt/venv /opt/venv

COPY app alembic src/
COPY --chown=root:root --chmod=644 ["docs/read me.md", "/doc/"]

LABEL org.opencontainers.image.title="The shop" \
    org.opencontainers.image.licenses=MIT

EXPOSE 8000 53/udp
USER 1000:1000

# As the user, since the cache is theirs.
RUN --mount=type=cache,target=/home/app/.cache,uid=1000,gid=1000 \
    python -m compileall app

STOPSIGNAL SIGINT
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["serve", "--name", "say \"hi\"", "$HOME"]
