#!/usr/bin/env bash
# Puts a HiveMQ CE broker together in an empty folder. Needs mvn and a JDK of version 17 or later.
set -euo pipefail
recipe=$(cd "$(dirname "$0")" && pwd)
mvn -q -B -f "$recipe/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$1/lib"
mkdir -p "$1/broker"
javac -proc:none -d "$1/broker" -cp "$1/lib/*" "$recipe/TestBroker.java"
