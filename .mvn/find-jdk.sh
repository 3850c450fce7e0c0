# Sourced by ./jarvis and ./mvnw. Points JAVA_HOME at a JDK of the wanted release, wherever `java` on the
# PATH leads: JARVIS_JAVA_HOME, then JAVA_HOME, then the usual places where JDKs are installed.
JARVIS_JDK_RELEASE=25

jarvis_is_wanted_jdk() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] &&
    grep -q "^JAVA_VERSION=\"$JARVIS_JDK_RELEASE[.\"+-]" "$1/release"
}

jarvis_find_jdk() {
  for candidate in "${JARVIS_JAVA_HOME:-}" "${JAVA_HOME:-}" \
    /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$candidate" ] && jarvis_is_wanted_jdk "$candidate"; then
      JAVA_HOME="$candidate"
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}
