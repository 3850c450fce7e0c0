/**
 * The generateContent dialect of Gemini. Start at {@link dev.jarvis.gateway.dialect.gemini.GeminiUsage}. May use chat and the
 * dialect packages below it.
 */
@NullMarked
package dev.jarvis.gateway.dialect.gemini;

import org.jspecify.annotations.NullMarked;
