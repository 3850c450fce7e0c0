/** The one JSON mapper, strict about what it reads. Start at {@link dev.jarvis.platform.json.Json}. */
@NullMarked
package dev.jarvis.platform.json;

import org.jspecify.annotations.NullMarked;
