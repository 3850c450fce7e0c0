/** The HTTP server: routes, error bodies, and the bridge to blocking endpoints. Start at {@link dev.jarvis.platform.http.RouteTable}. */
@NullMarked
package dev.jarvis.platform.http;

import org.jspecify.annotations.NullMarked;
