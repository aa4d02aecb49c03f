# ggztriage as a web application. Not built or run by the tests of this project: try it before you rely on it.
#
#   docker build -t ggztriage .
#   docker run --read-only --tmpfs /tmp --volume ggztriage-sessies:/data --publish 127.0.0.1:8000:8000 ggztriage
#
# It speaks HTTP without accounts. Keep it behind something that knows who may enter, and that speaks HTTPS.

FROM python:3.12-slim AS build
# durable-rules is compiled here; the image that runs has no compiler
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN python -m venv /opt/tools && /opt/tools/bin/pip install --no-cache-dir --require-hashes --requirement locks/tools.txt
# what comes along, from the lock; then ggztriage itself
RUN python -m venv --without-pip /opt/ggztriage \
    && PATH=/opt/tools/bin:$PATH UV_PYTHON=/opt/ggztriage UV_NO_CACHE=1 UV_BUILD_CONSTRAINT=locks/tools.txt \
    && export PATH UV_PYTHON UV_NO_CACHE UV_BUILD_CONSTRAINT \
    && uv pip install --require-hashes --requirement locks/web.txt \
    && uv pip install --no-deps . \
    && /opt/ggztriage/bin/python -m compileall -q /opt/ggztriage

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home ggztriage
COPY --from=build /opt/ggztriage /opt/ggztriage
ENV PATH=/opt/ggztriage/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOME=/data XDG_DATA_HOME=/data
USER 10001
WORKDIR /data
# the sessions of a doelgroepbespreking, and nothing else, are written
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/api/v1/regelboeken', timeout=4)"]
CMD ["ggztriage", "web", "--host", "0.0.0.0", "--geen-browser"]
