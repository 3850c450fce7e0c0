# Shared by run and profile, which have set $here to this directory.

repository=$(CDPATH='' cd -- "$here/.." && pwd)

. "$repository/.mvn/find-jdk.sh"
jarvis_find_jdk || { echo "no JDK $JARVIS_JDK_RELEASE found; set JARVIS_JAVA_HOME to one" >&2; exit 1; }

usage() {
  sed -n '/^## Options/,/^## /p' "$here/README.md" | sed '/^## /d'
}

# need <command> <package>: installs a Debian package when its command is missing.
need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get install -y -q --no-install-recommends "$2" >&2 && return 0
  fi
  echo "$1 is missing: install the package $2, or leave its target out with --targets" >&2
  exit 1
}

# wants <target> <arguments>: whether the run includes the target.
wants() {
  wanted=$1
  shift
  for argument; do
    case $argument in
      --targets=*) case ",${argument#--targets=}," in *",$wanted,"* | *",$wanted-"*) return 0 ;; *) return 1 ;; esac ;;
    esac
  done
  return 0
}

build_driver() {
  newest=$(find "$here/src/main" "$here/pom.xml" "$repository/pom.xml" -type f -newer "$here/target/built" 2>/dev/null | head -n 1)
  if [ ! -f "$here/target/built" ] || [ -n "$newest" ]; then
    (cd "$repository" && ./mvnw -q -B -Pquick -pl benchmarks -DskipTests package)
    touch "$here/target/built"
  fi
}

lay_out_portkey() {
  need node nodejs
  need npm npm
  portkey="$here/target/portkey"
  cmp -s "$here/portkey/package-lock.json" "$portkey/package-lock.json" && [ -d "$portkey/node_modules/hono" ] && return 0
  rm -rf "$portkey"
  mkdir -p "$portkey"
  cp "$here/portkey/package.json" "$here/portkey/package-lock.json" "$portkey/"
  (cd "$portkey" && npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
}

# The launcher builds what is missing; it shall not do so on the one core that is measured.
build_jarvis() {
  case " $*" in *" --jarvis="*) return 0 ;; esac
  [ -x "$repository/jarvis" ] || { echo "no ./jarvis here; leave it out with --targets=direct,nginx,portkey" >&2; exit 1; }
  (cd "$repository" && ./jarvis version >/dev/null)
}

# The first core is the targets', up to three others are the driver's.
choose_cores() {
  count=$(nproc)
  target_cores=${BENCHMARK_TARGET_CORE:-0}
  if [ "$count" -lt 2 ]; then
    echo "only one core: load generator and targets share it, so throughput says nothing" >&2
    driver_cores=${BENCHMARK_DRIVER_CORES:-0}
  elif [ "$count" -lt 4 ]; then
    driver_cores=${BENCHMARK_DRIVER_CORES:-1}
  else
    driver_cores=${BENCHMARK_DRIVER_CORES:-1-3}
  fi
}

# Ends what the driver started and could not end itself. A process counts as ours only while its start time fits.
clean_up() {
  trap - EXIT INT TERM HUP
  if [ -n "${driver:-}" ] && kill -0 "$driver" 2>/dev/null; then
    kill "$driver" 2>/dev/null || true
    for _ in 1 2 3 4 5 6 7 8 9 10; do
      kill -0 "$driver" 2>/dev/null || break
      sleep 0.2
    done
    kill -9 "$driver" 2>/dev/null || true
  fi
  for signal in TERM KILL; do
    left=no
    if [ -f "$work/processes" ]; then
      while read -r pid started; do
        if [ "$(start_time "$pid")" = "$started" ]; then
          kill "-$signal" "$pid" 2>/dev/null && left=yes
        fi
      done <"$work/processes"
    fi
    [ "$left" = no ] || sleep 3
  done
  rm -rf "$work"
}

start_time() {
  sed -n 's/^.*) //p' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20
}

# drive <run|profile> <arguments>
drive() {
  verb=$1
  shift
  choose_cores
  ulimit -n "$(ulimit -Hn)"
  work=$(mktemp -d "$here/target/work.XXXXXX") # on the checkout's disk: /tmp may be memory, and fsync would cost nothing
  chmod 755 "$work"
  trap 'clean_up' EXIT
  trap 'clean_up; exit 130' INT TERM HUP
  taskset -c "$driver_cores" "$JAVA_HOME/bin/java" \
    -XX:+UseSerialGC -Xms512m -Xmx512m -XX:MaxDirectMemorySize=2g -XX:+AlwaysPreTouch \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dio.netty.leakDetection.level=disabled -Dio.netty.buffer.checkAccessible=false -Dio.netty.buffer.checkBounds=false \
    -cp "$here/target/classes:$here/target/lib/*" dev.jarvis.benchmarks.Benchmarks "$verb" \
    --repository="$repository" --work="$work" --target-cores="$target_cores" --driver-cores="$driver_cores" "$@" &
  driver=$!
  status=0
  wait "$driver" || status=$?
  return "$status"
}
