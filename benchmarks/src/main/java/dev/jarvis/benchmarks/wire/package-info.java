/**
 * HTTP/1.1 as cheaply as it can be read: the load generator and the mock upstream share a core, so every microsecond
 * spent here is one that the target cannot be given. Also the request bodies and the certificate.
 */
@NullMarked
package dev.jarvis.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
