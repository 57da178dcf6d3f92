# `prm` in a container: docker build -t prm . && docker run --rm -v "$PWD:/model:ro" prm check
FROM rust:1.95-slim AS build
WORKDIR /prm
COPY . .
RUN .ci/release /target

FROM debian:stable-slim
COPY --from=build /target/release/prm /usr/local/bin/prm
COPY LICENSE NOTICE /usr/share/doc/prm/
# Nobody in particular; outputs go where a folder is given for them.
USER 65534:65534
WORKDIR /model
ENTRYPOINT ["prm"]
CMD ["--help"]
