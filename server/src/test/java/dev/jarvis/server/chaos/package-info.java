/**
 * What is left of the accounts when servers, PostgreSQL, Redis, clients and disks are killed, stopped, starved or cut off
 * under load. A {@link dev.jarvis.server.chaos.Supervisor} does it to them, an {@link dev.jarvis.server.chaos.Oracle}
 * says what is wrong afterwards. Most tests here are tagged {@code chaos}; docs/testing.md says how to run them.
 */
@NullMarked
package dev.jarvis.server.chaos;

import org.jspecify.annotations.NullMarked;
