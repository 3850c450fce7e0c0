#!/bin/sh
# Builds the console into target/classes/console, where the server finds it. Does nothing when nothing changed.
#   build.sh          builds what is served
#   build.sh check    lint, message keys and unit tests
# Needs npm; when the machine's Node is too old for the tools, an own one comes from npm.
set -eu
cd "$(dirname "$0")"
mkdir -p target

if ! command -v npm >/dev/null 2>&1; then
  echo "console: npm is missing. Install Node 20.19 or newer (Debian: apt-get install nodejs npm)." >&2
  exit 1
fi

new_enough='const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
if ! node -e "$new_enough"; then
  [ -x target/node/node_modules/.bin/node ] || npm install --no-audit --no-fund --silent --prefix target/node node@22.23.3
  PATH="$PWD/target/node/node_modules/.bin:$PATH"
  export PATH
fi

digest() {
  cat "$@" | cksum
}

installed="$(digest package.json package-lock.json)"
if [ ! -d node_modules ] || [ "$(cat target/.installed 2>/dev/null)" != "$installed" ]; then
  echo "console: installing packages ..."
  npm ci --no-audit --no-fund --prefer-offline --silent
  printf '%s' "$installed" >target/.installed
fi

if [ "${1:-build}" = check ]; then
  npm run --silent types
  npm run --silent check
  exit 0
fi

# shellcheck disable=SC2046 # file names of ours have no spaces
sources="$(digest $(find src public scripts -type f ! -path 'src/generated/*' | LC_ALL=C sort) \
  index.html vite.config.ts tsconfig.json package-lock.json ../docs/api/*.yaml)"
if [ "$(cat target/.built 2>/dev/null)" = "$sources" ] && [ -f target/classes/console/index.html ]; then
  exit 0
fi
rm -f target/.built
npm run --silent build
rm -rf target/classes/console dist/.vite
mkdir -p target/classes/console
cp -R dist/. target/classes/console/
printf '%s' "$sources" >target/.built
