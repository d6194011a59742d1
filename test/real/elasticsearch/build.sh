#!/usr/bin/env bash
# Puts an Elasticsearch test node together in an empty folder. Needs mvn, a JDK of version 17 or later, and unzip.
set -euo pipefail
recipe=$(cd "$(dirname "$0")" && pwd)
home=$1
transport=$home/modules/transport-netty4
mkdir -p "$home"/{lib,plugins,config,launcher} "$transport"

mvn -q -B -f "$recipe/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$home/lib"
# A module has a class loader of its own, so its jars must not lie beside the server's.
mv "$home"/lib/transport-netty4-*.jar "$home"/lib/netty-*.jar "$transport/"
mv "$home"/lib/elasticsearch-ssl-config-*.jar "$transport/" 2>/dev/null || true
unzip -qp "$transport"/transport-netty4-*.jar META-INF/es-plugins/transport-netty4/plugin-descriptor.properties \
  > "$transport/plugin-descriptor.properties"

javac -proc:none -cp "$home/lib/*" -d "$home/launcher" "$recipe/TestNode.java"
cat > "$home/config/log4j2.properties" <<'LOG'
status = error
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d{ISO8601} %p %c{1} %m%n
rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
LOG
touch "$home/config/elasticsearch.yml"
