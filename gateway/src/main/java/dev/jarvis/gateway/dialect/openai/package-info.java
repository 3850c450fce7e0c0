/**
 * OpenAI's chat dialect as bytes: requests are checked and spliced, answers are watched for usage, and nothing is
 * parsed into a tree. Start at {@link dev.jarvis.gateway.dialect.openai.ChatRequestReader} for the way up and
 * {@link dev.jarvis.gateway.dialect.openai.ChatStreamTap} for the way down. Does no I/O.
 */
@NullMarked
package dev.jarvis.gateway.dialect.openai;

import org.jspecify.annotations.NullMarked;
