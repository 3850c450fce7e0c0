/**
 * What is particular to providers: how a request is addressed to one, and what its refusals mean for the key, for the
 * request and for the client. Start at {@link dev.jarvis.gateway.provider.OpenAiProvider}. Does no I/O.
 */
@NullMarked
package dev.jarvis.gateway.provider;

import org.jspecify.annotations.NullMarked;
