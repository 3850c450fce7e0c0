/**
 * Counts a request's tokens, where the tokenizer is known. Only for what a hard budget would otherwise refuse: usage and cost are
 * what the provider says. Start at {@link dev.jarvis.gateway.tokens.CountedInput}. May use catalog, limit and platform.
 */
@NullMarked
package dev.jarvis.gateway.tokens;

import org.jspecify.annotations.NullMarked;
