/** OpenAI's own clients as black boxes: their types must parse our answers, their error classes must fit our errors. */
@NullMarked
package dev.jarvis.server.sdk;

import org.jspecify.annotations.NullMarked;
