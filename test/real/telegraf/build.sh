#!/usr/bin/env bash
# Builds Telegraf with the few parts that the comparison needs. Needs Go; takes some minutes.
set -euo pipefail
export GOBIN="$1/bin" GOFLAGS=-buildvcs=false
go install -trimpath -ldflags "-s -w -X github.com/influxdata/telegraf/internal.Version=1.37.2" \
  -tags "custom,inputs.mqtt_consumer,outputs.elasticsearch,parsers.json_v2" github.com/influxdata/telegraf/cmd/telegraf@v1.37.2
