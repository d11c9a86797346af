# One image for every part: `loopin run`, or `loopin web`, `loopin fetch`, `loopin work` one by one (compose.yaml).
FROM python:3.13-slim AS build

WORKDIR /src
COPY requirements.txt ./
# The dependencies first: they change seldom, and this layer is kept while they don't.
RUN python -m venv /opt/loopin \
 && /opt/loopin/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
RUN /opt/loopin/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim

# pg_dump and pg_restore, for `loopin backup` with PostgreSQL.
RUN apt-get update \
 && apt-get install -y --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --create-home loopin
COPY --from=build /opt/loopin /opt/loopin
ENV PATH=/opt/loopin/bin:$PATH PYTHONDONTWRITEBYTECODE=1
USER loopin
# The database (unless it is PostgreSQL), the secret key and backups lie in /data/var.
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["loopin", "run", "--host", "0.0.0.0"]
