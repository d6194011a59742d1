# One image for every role of the cloud; the roles are chosen by the configuration that is mounted.
FROM node:20-bookworm-slim AS build
WORKDIR /wellhead
COPY package.json package-lock.json ./
COPY protocol/package.json protocol/
COPY host/package.json host/
COPY edge/package.json edge/
COPY cloud/package.json cloud/
COPY sim/package.json sim/
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:20-bookworm-slim
WORKDIR /wellhead
COPY --from=build /wellhead/node_modules node_modules
COPY --from=build /wellhead/package.json ./
COPY --from=build /wellhead/protocol protocol
COPY --from=build /wellhead/host host
COPY --from=build /wellhead/edge edge
COPY --from=build /wellhead/sim sim
COPY --from=build /wellhead/cloud cloud
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 1883 8080
ENTRYPOINT ["node", "cloud/dist/main.js"]
CMD ["--config", "/etc/wellhead/cloud.yaml"]
