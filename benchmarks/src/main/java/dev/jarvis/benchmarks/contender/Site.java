package dev.jarvis.benchmarks.contender;

import dev.jarvis.benchmarks.wire.Certificate;

import java.nio.file.Path;

/**
 * What every target is started with.
 *
 * @param directory where it may write; removed after the run
 * @param benchmarks the module's own directory
 * @param cores the cores that targets run on, as {@code taskset -c} takes them
 * @param plainPort the mock upstream without TLS
 * @param tlsPort the mock upstream with TLS
 * @param certificate what the mock upstream shows
 */
public record Site(Path directory, Path benchmarks, String cores, int plainPort, int tlsPort, Certificate certificate) {

    /** The base URL of the mock upstream. */
    public String upstream(boolean tls) {
        return tls ? "https://127.0.0.1:" + tlsPort : "http://127.0.0.1:" + plainPort;
    }
}
