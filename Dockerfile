# Sitasi as a container: page, HTTP and MCP on port 7860. How it is run: docs/operating.md.
FROM python:3.12-slim

RUN useradd --create-home --uid 10001 sitasi && mkdir /data && chown sitasi /data
WORKDIR /opt/sitasi
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY prompts prompts
COPY qa qa
RUN pip install --no-cache-dir --constraint constraints.txt '.[mcp]'

# Everything that must outlive the container lies in /data.
ENV QA_INDEXES=/data/indexes QA_WEB__FEEDBACK=/data/feedback
USER sitasi
WORKDIR /data
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/healthz', timeout=4)"]

ENTRYPOINT ["qa"]
CMD ["serve", "--host", "0.0.0.0", "--token-file", "/run/secrets/sitasi-token"]
