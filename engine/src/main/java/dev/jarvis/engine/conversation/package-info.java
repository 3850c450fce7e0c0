/** Conversations: trees of messages that runs answer. Start at {@link dev.jarvis.engine.conversation.Conversations}. */
@NullMarked
package dev.jarvis.engine.conversation;

import org.jspecify.annotations.NullMarked;
