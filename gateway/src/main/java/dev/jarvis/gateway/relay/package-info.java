/**
 * Takes one admitted chat request to its answer: attempts, failover, streaming with back-pressure, hang-ups, settling.
 * Everything here belongs to one event loop unless it says otherwise. Start at
 * {@link dev.jarvis.gateway.relay.ChatExchange}. May use catalog, chat, dialect, meter, provider, route and upstream.
 */
@NullMarked
package dev.jarvis.gateway.relay;

import org.jspecify.annotations.NullMarked;
