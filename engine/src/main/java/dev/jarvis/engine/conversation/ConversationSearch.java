package dev.jarvis.engine.conversation;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** @param text in titles and messages, whatever the case */
record ConversationSearch(
        UUID user,
        boolean archived,
        @Nullable UUID agent,
        @Nullable String text) {}
