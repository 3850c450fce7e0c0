/**
 * The data plane put together. {@link dev.jarvis.gateway.gateway.Gateway#assemble} can be read top to bottom.
 */
@NullMarked
package dev.jarvis.gateway.gateway;

import org.jspecify.annotations.NullMarked;
