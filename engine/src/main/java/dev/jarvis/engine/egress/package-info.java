/** The way out to addresses that users and servers name: guarded, pinned, bounded. Start at {@link dev.jarvis.engine.egress.GuardedHttp}. */
@NullMarked
package dev.jarvis.engine.egress;

import org.jspecify.annotations.NullMarked;
