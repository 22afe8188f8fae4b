#!/bin/sh
# Waits for the server, then registers the namespace (histories kept ten years) and its search attributes.
set -eu
until temporal operator cluster health; do sleep 2; done
temporal operator namespace describe -n caracteriza || temporal operator namespace create -n caracteriza --retention 3650d
sleep 3
for name in CaracterizaEntity CaracterizaCycle; do
  temporal operator search-attribute create -n caracteriza --name "$name" --type Keyword || echo "$name: ya existe"
done
