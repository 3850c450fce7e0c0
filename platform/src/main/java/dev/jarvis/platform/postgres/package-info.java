/** The database: pool, migrations at start, the embedded server. Start at {@link dev.jarvis.platform.postgres.Database}. */
@NullMarked
package dev.jarvis.platform.postgres;

import org.jspecify.annotations.NullMarked;
