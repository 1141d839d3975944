# One image for web, worker and beat; docker-compose.yml says which it is.
FROM node:22-bookworm-slim AS front
WORKDIR /front
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.12-slim-bookworm
# Pango draws the text of the PDFs; libmagic tells what an uploaded file is.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libmagic1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/samverkan --create-home samverkan

WORKDIR /app
COPY requirements/run.txt requirements/
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements/run.txt

COPY . .
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    SAMVERKAN_VAR=/var/lib/samverkan \
    SAMVERKAN_FRONT=/app/front \
    SAMVERKAN_STATIC=/app/served
RUN --mount=type=bind,from=front,source=/front/node_modules,target=/app/node_modules \
    python -m tools.front "$SAMVERKAN_FRONT"
# The key is of no use afterwards: collectstatic only copies files.
RUN SAMVERKAN_SECRET_KEY=build python manage.py collectstatic --noinput --verbosity 0

USER samverkan
VOLUME /var/lib/samverkan
EXPOSE 8000
CMD ["gunicorn", "samverkan.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3"]
