package dev.jarvis.platform.http;

import java.util.Map;

/**
 * What the server knows of a request before its handler runs.
 *
 * @param requestId on every response as {@code x-request-id}, and in every log line of the request
 * @param path as sent, without the query
 * @param pathParameters values of the route's {@code {name}} parts, as sent
 * @param startedNanos {@link System#nanoTime} when the request's head had arrived
 */
public record RequestScope(String requestId, String path, Map<String, String> pathParameters, long startedNanos) {}
