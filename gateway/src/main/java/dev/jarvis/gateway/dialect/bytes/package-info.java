/**
 * JSON and bytes without trees: a strict cursor over a byte array that finds what is needed and copies nothing. Start
 * at {@link dev.jarvis.gateway.dialect.bytes.JsonCursor}. Uses nothing but the JDK.
 */
@NullMarked
package dev.jarvis.gateway.dialect.bytes;

import org.jspecify.annotations.NullMarked;
