# syntax=docker/dockerfile:1
# Build: everything, then only what runs is kept. npm 11 (Node 24) runs no install script that is not approved; none is needed.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Not `npm ci`: npm 11 can refuse the lock file over an absent optional package of another platform (npm/cli#9846).
RUN npm install --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY config ./config
COPY views ./views
COPY src ./src
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
# Watermarks of photos and copies of certificates are drawn with Noto Sans CJK.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-cjk && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production \
    YIHAO_LISTEN_HOST=0.0.0.0 \
    YIHAO_LISTEN_PORT=3000 \
    YIHAO_DATA_FOLDER=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/views/public ./views/public
# The program's own files stay root's: the process can write to /data and nowhere else (the root may be read-only).
RUN install -d -o node -g node -m 0700 /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.YIHAO_LISTEN_PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "dist/src/main.js", "serve"]
