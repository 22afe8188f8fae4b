#!/usr/bin/env bash
# Runs once, inside the postgres container, when its volume is empty: roles and databases as npm start makes them.
set -euo pipefail
psql --username postgres --set ON_ERROR_STOP=1 --set owner="$OWNER_PASSWORD" --set temporal="$TEMPORAL_PASSWORD" <<'SQL'
create role temporal login password :'temporal';
create role caracteriza_owner login createrole password :'owner';
create database temporal owner temporal;
create database temporal_visibility owner temporal;
create database caracteriza owner caracteriza_owner;
revoke connect on database temporal from public;
revoke connect on database temporal_visibility from public;
SQL
