package dev.jarvis.benchmarks.profile;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts that CPU time is sorted into. */
final class Area {

    /** A compiled method as the JVM names it for perf: {@code result package.Class.method(arguments)}. */
    private static final Pattern METHOD = Pattern.compile("^\\S+ ([^\\s(]+)\\.[^.\\s(]+\\(");

    private record Prefix(String start, String area) {}

    private static final List<Prefix> PREFIXES = List.of(
            new Prefix("io.vertx.", "Vert.x"),
            new Prefix("io.netty.", "Netty"),
            new Prefix("tools.jackson.", "Jackson"),
            new Prefix("com.fasterxml.", "Jackson"),
            new Prefix("org.postgresql.", "PostgreSQL driver, JDBI, pool"),
            new Prefix("org.jdbi.", "PostgreSQL driver, JDBI, pool"),
            new Prefix("com.zaxxer.", "PostgreSQL driver, JDBI, pool"),
            new Prefix("ch.qos.", "logging"),
            new Prefix("org.slf4j.", "logging"),
            new Prefix("io.micrometer.", "metrics"),
            new Prefix("com.github.benmanes.", "Caffeine"),
            new Prefix("sun.security.", "JDK security and TLS"),
            new Prefix("com.sun.crypto.", "JDK security and TLS"),
            new Prefix("javax.crypto.", "JDK security and TLS"),
            new Prefix("java.security.", "JDK security and TLS"),
            new Prefix("java.", "JDK"),
            new Prefix("jdk.", "JDK"),
            new Prefix("sun.", "JDK"));

    private Area() {}

    /** The area of a Java class: our packages by name, the others by library. */
    static String ofClass(String className) {
        if (className.startsWith("dev.jarvis.")) {
            int generated = className.indexOf("$$");
            String written = generated < 0 ? className : className.substring(0, generated);
            return written.substring(0, written.lastIndexOf('.'));
        }
        return PREFIXES.stream()
                .filter(prefix -> className.startsWith(prefix.start()))
                .map(Prefix::area)
                .findFirst()
                .orElse("other Java");
    }

    /** The area of a sample of perf: by thread for what the JVM does for itself, then by where the code is. */
    static String ofSample(String thread, String symbol, String object) {
        if (thread.startsWith("C1 Comp") || thread.startsWith("C2 Comp")) {
            return "JIT compiler";
        }
        if (thread.startsWith("GC ") || thread.startsWith("G1 ") || thread.startsWith("VM Thread")) {
            return "garbage collector and VM thread";
        }
        if (object.contains("kernel") || object.contains("vdso")) {
            return "kernel";
        }
        if (object.contains("perf-") || object.contains("jit")) {
            Matcher method = METHOD.matcher(symbol);
            return method.find() ? ofClass(method.group(1)) : "JVM stubs and interpreter";
        }
        return object.contains("libjvm") ? "JVM runtime" : "native libraries";
    }
}
