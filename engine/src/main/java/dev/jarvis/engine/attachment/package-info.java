/**
 * Files that users attach to messages: what they are is read from their bytes, what a model reads of them is found out once,
 * at their upload. Start at {@link dev.jarvis.engine.attachment.Attachments}.
 */
@NullMarked
package dev.jarvis.engine.attachment;

import org.jspecify.annotations.NullMarked;
