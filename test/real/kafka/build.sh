#!/usr/bin/env bash
# Puts a Kafka broker together in an empty folder. Needs mvn and a JDK of version 17 or later.
set -euo pipefail
recipe=$(cd "$(dirname "$0")" && pwd)
mvn -q -B -f "$recipe/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$1/lib"
ls "$1"/lib/kafka_2.13-*.jar > /dev/null
