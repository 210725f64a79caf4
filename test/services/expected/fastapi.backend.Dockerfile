# Each step is cached by itself.
# hadolint global ignore=DL3059

FROM python:3.13-slim AS base
ENV PATH="/opt/venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /app


# The Python packages, in a folder of their own: compilers stay in this stage.
FROM base AS dependencies
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    VIRTUAL_ENV=/opt/venv \
    UV_PYTHON_DOWNLOADS=never

COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/

RUN --mount=type=cache,target=/root/.cache/uv \
    --mount=type=bind,source=requirements.txt,target=requirements.txt \
    uv venv /opt/venv && uv pip install --require-hashes --requirement requirements.txt


FROM dependencies AS development

RUN --mount=type=cache,target=/root/.cache/uv \
    --mount=type=bind,source=requirements-dev.txt,target=requirements-dev.txt \
    uv pip install --require-hashes --requirement requirements-dev.txt

ARG APP_UID=1000
ARG APP_GID=1000

# The user has the ids of whoever develops, so that what it writes is theirs; an id that the image has
# already is shared, and root is nobody special.
RUN groupadd --non-unique --gid "$(( APP_GID > 0 ? APP_GID : 1000 ))" app \
    && useradd --non-unique --uid "$(( APP_UID > 0 ? APP_UID : 1000 ))" --gid app --create-home app \
    && chown app:app /app

# Everything that the ignore file lets through.
COPY --chown=app:app . .

EXPOSE 8000

# A name that the image itself knows: its number may differ from build to build.
# hadolint ignore=DL3066
USER app
CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000", "--reload", "--reload-dir", "app"]


FROM base AS production

# Nothing is installed into a running container.
RUN rm -rf "$(python -c 'import pip; print(*pip.__path__)')"* /usr/bin/pip* /usr/local/bin/pip*
RUN groupadd --gid 1000 app && useradd --uid 1000 --gid app --create-home app

COPY --from=dependencies /opt/venv /opt/venv

COPY app app
COPY alembic alembic
COPY alembic.ini .

# The files belong to root, so that the program cannot change itself; compiled now, it starts sooner.
RUN python -m compileall -q app alembic

EXPOSE 8000
USER 1000:1000
CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000", "--timeout-graceful-shutdown", "8"]
