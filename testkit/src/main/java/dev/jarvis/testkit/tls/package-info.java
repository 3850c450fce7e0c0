/** Certificates for servers that tests start. Start at {@link dev.jarvis.testkit.tls.SelfSigned}. */
@NullMarked
package dev.jarvis.testkit.tls;

import org.jspecify.annotations.NullMarked;
