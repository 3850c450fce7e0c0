/**
 * The Messages dialect of Anthropic. Start at {@link dev.jarvis.gateway.dialect.anthropic.AnthropicUsage}. May use chat and the
 * dialect packages below it.
 */
@NullMarked
package dev.jarvis.gateway.dialect.anthropic;

import org.jspecify.annotations.NullMarked;
