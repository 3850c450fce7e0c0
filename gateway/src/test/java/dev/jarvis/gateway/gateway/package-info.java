/** The gateway with a real door and a real provider on loopback; only the database is played. */
@NullMarked
package dev.jarvis.gateway.gateway;

import org.jspecify.annotations.NullMarked;
