# Una sola imagen para migraciones, trabajador y web; docker-compose.yml dice qué ejecuta cada contenedor.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npx remix vite:build

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force
COPY --from=build /app/build ./build
COPY domain ./domain
COPY catalog ./catalog
COPY documents ./documents
COPY db ./db
COPY activities ./activities
COPY workflows ./workflows
COPY app ./app
COPY scripts ./scripts
COPY verifier ./verifier
RUN mkdir -p /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
CMD ["node", "app/server.ts"]
