#!/bin/sh
# Creates or upgrades Temporal's tables with Temporal's own tool; nothing happens when they are current.
set -eu
for pair in temporal:temporal temporal_visibility:visibility; do
  database=${pair%%:*}
  schema=${pair##*:}
  temporal-sql-tool --db "$database" setup-schema -v 0.0 || echo "$database: ya tiene esquema"
  temporal-sql-tool --db "$database" update-schema --schema-name "postgresql/v12/$schema"
done
