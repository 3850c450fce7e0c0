/** Identifiers: time-ordered UUIDs (version 7) and opaque random tokens. Start at {@link dev.jarvis.platform.id.Uuid7}. */
@NullMarked
package dev.jarvis.platform.id;

import org.jspecify.annotations.NullMarked;
