# The explorer, for compose.yaml. The store lives in the volume /data; without one, the shipped sample is read first.
FROM python:3.11-slim
RUN useradd --create-home carekg && install -d -o carekg /data
WORKDIR /opt/carekg
COPY requirements.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation -e .
USER carekg
ENV CAREKG_STORE=/data/store
EXPOSE 8501
CMD ["sh", "-c", "test -e \"$CAREKG_STORE\" || carekg ingest --sample ${CAREKG_NEO4J:+--neo4j \"$CAREKG_NEO4J\"}; exec streamlit run app.py --server.address=0.0.0.0 --server.port=8501"]
