/** Real PostgreSQL and Redis servers for tests. Start at {@link dev.jarvis.testkit.database.RunningPostgres}. */
@NullMarked
package dev.jarvis.testkit.database;

import org.jspecify.annotations.NullMarked;
