# One file for every image: docker build --target thoughts|users|frontend . (each also as NAME-debug: symbols and a shell).
# An image holds one binary, the libraries it links, CA certificates and /data, the one folder it may write to;
# the root file system can be read-only. SQLite lives in /data: mount a volume there, or set DATABASE_ENGINE=POSTGRESQL.

FROM rust:1.95-slim-bookworm AS build
LABEL org.opencontainers.image.source="https://github.com/mythoughts/mythoughts"
# The release profile strips symbols, which the debug images want: here they stay, and the plain images get a stripped copy.
ENV CARGO_HOME=/usr/local/cargo CARGO_PROFILE_RELEASE_STRIP=none CARGO_PROFILE_RELEASE_DEBUG=line-tables-only
WORKDIR /src
COPY . .
# The dependencies are kept, compiled, in a cache of the builder: a changed source or manifest compiles none of the others
# again. Cargo compares times, and the cache may have seen a newer tree than this one, so the sources are made new.
RUN --mount=type=cache,id=mythoughts-cargo,target=/usr/local/cargo/registry \
    --mount=type=cache,id=mythoughts-target,target=/src/target,sharing=locked \
    find services -name '*.rs' -exec touch {} + \
    && cargo build --release --locked --bins -p thoughts -p users -p frontend \
    && mkdir /binaries \
    && cp target/release/thoughts target/release/users target/release/frontend /binaries

# What the -debug images hold can do wrong on demand, so that it can be seen what a cluster does about it.
FROM build AS build-debug
RUN --mount=type=cache,id=mythoughts-cargo,target=/usr/local/cargo/registry \
    --mount=type=cache,id=mythoughts-target,target=/src/target,sharing=locked \
    find services -name '*.rs' -exec touch {} + \
    && cargo build --release --locked --bins -p thoughts -p users -p frontend --features thoughts/faults,users/faults,frontend/faults \
    && cp target/release/thoughts target/release/users target/release/frontend /binaries

FROM build AS rootfs
WORKDIR /rootfs
RUN mkdir -p etc/ssl/certs usr/local/bin /stripped \
    && install -d -o 65532 -g 65532 -m 0755 data \
    && install -d -m 1777 tmp \
    && cp -L /etc/ssl/certs/ca-certificates.crt etc/ssl/certs/ \
    && echo 'nonroot:x:65532:65532:nonroot:/data:/sbin/nologin' > etc/passwd \
    && echo 'nonroot:x:65532:' > etc/group \
    && echo 'hosts: files dns' > etc/nsswitch.conf \
    && ldd /binaries/* | awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\/.*ld-/ { print $1 }' | sort -u \
       | xargs -I{} cp -L --parents {} /rootfs \
    && for service in thoughts users frontend; do strip -o "/stripped/$service" "/binaries/$service" || exit 1; done

FROM scratch AS runtime
ARG VERSION=unknown
ARG REVISION=unknown
COPY --from=rootfs /rootfs /
# The copy above gives everything to root; this folder is the service's own.
COPY --from=rootfs --chown=65532:65532 /rootfs/data /data
ENV LISTEN=0.0.0.0:8000 OPERATIONS_LISTEN=0.0.0.0:9090
LABEL org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="https://github.com/mythoughts/mythoughts" \
      org.opencontainers.image.licenses="MIT"
EXPOSE 8000 9090
WORKDIR /data
USER 65532:65532

FROM debian:bookworm-slim AS runtime-debug
ARG VERSION=unknown
ARG REVISION=unknown
COPY --from=rootfs /rootfs/etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=rootfs --chown=65532:65532 /rootfs/data /data
ENV LISTEN=0.0.0.0:8000 OPERATIONS_LISTEN=0.0.0.0:9090 RUST_BACKTRACE=1
LABEL org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="https://github.com/mythoughts/mythoughts" \
      org.opencontainers.image.licenses="MIT"
EXPOSE 8000 9090
WORKDIR /data
USER 65532:65532

# What `ci/prove` shows the alerts with: Debian's own, and nothing of ours.
FROM debian:bookworm-slim AS prometheus
LABEL org.opencontainers.image.source="https://github.com/mythoughts/mythoughts"
# The program alone: what the package needs beside the base is for its pages and its service.
RUN cd /tmp && apt-get update -qq && apt-get download -qq prometheus \
    && dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x -C / ./usr/bin/prometheus \
    && rm -rf prometheus_*.deb /var/lib/apt/lists/*
USER 65532:65532
ENTRYPOINT ["/usr/bin/prometheus"]

FROM runtime-debug AS thoughts-debug
COPY --from=build-debug /binaries/thoughts /usr/local/bin/thoughts
ENV SQLITE_PATH=/data/thoughts.sqlite
LABEL org.opencontainers.image.title="mythoughts-thoughts-debug" \
      org.opencontainers.image.description="MyThoughts: thoughts kept, listed and searched; with symbols and a shell"
ENTRYPOINT ["/usr/local/bin/thoughts"]

FROM runtime-debug AS users-debug
COPY --from=build-debug /binaries/users /usr/local/bin/users
ENV SQLITE_PATH=/data/users.sqlite
LABEL org.opencontainers.image.title="mythoughts-users-debug" \
      org.opencontainers.image.description="MyThoughts: users, logins and the keys that check them; with symbols and a shell"
ENTRYPOINT ["/usr/local/bin/users"]

FROM runtime-debug AS frontend-debug
COPY --from=build-debug /binaries/frontend /usr/local/bin/frontend
LABEL org.opencontainers.image.title="mythoughts-frontend-debug" \
      org.opencontainers.image.description="MyThoughts: the pages in the browser; with symbols and a shell"
ENTRYPOINT ["/usr/local/bin/frontend"]

FROM runtime AS thoughts
COPY --from=rootfs /stripped/thoughts /usr/local/bin/thoughts
ENV SQLITE_PATH=/data/thoughts.sqlite
LABEL org.opencontainers.image.title="mythoughts-thoughts" \
      org.opencontainers.image.description="MyThoughts: thoughts kept, listed and searched"
ENTRYPOINT ["/usr/local/bin/thoughts"]

FROM runtime AS users
COPY --from=rootfs /stripped/users /usr/local/bin/users
ENV SQLITE_PATH=/data/users.sqlite
LABEL org.opencontainers.image.title="mythoughts-users" \
      org.opencontainers.image.description="MyThoughts: users, logins and the keys that check them"
ENTRYPOINT ["/usr/local/bin/users"]

FROM runtime AS frontend
COPY --from=rootfs /stripped/frontend /usr/local/bin/frontend
LABEL org.opencontainers.image.title="mythoughts-frontend" \
      org.opencontainers.image.description="MyThoughts: the pages in the browser"
ENTRYPOINT ["/usr/local/bin/frontend"]
