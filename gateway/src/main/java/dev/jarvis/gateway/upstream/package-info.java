/**
 * HTTP to providers: pooled connections to addresses that were checked, and timers that fire. The only package that
 * opens connections to providers. Start at {@link dev.jarvis.gateway.upstream.UpstreamClient}. May use platform only.
 */
@NullMarked
package dev.jarvis.gateway.upstream;

import org.jspecify.annotations.NullMarked;
