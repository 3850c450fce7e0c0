/** Several gateways on one PostgreSQL and one Redis. */
@NullMarked
package dev.jarvis.server.nodes;

import org.jspecify.annotations.NullMarked;
