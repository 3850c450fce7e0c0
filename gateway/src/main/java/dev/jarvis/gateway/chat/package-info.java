/** The words of a chat, free of any wire format and of I/O. Start at {@link dev.jarvis.gateway.chat.TokenUsage}. */
@NullMarked
package dev.jarvis.gateway.chat;

import org.jspecify.annotations.NullMarked;
