/** Shapes that answers of several endpoints have: a page of a list, a tagged version, an answer that no cache may keep. */
@NullMarked
package dev.jarvis.platform.answer;

import org.jspecify.annotations.NullMarked;
