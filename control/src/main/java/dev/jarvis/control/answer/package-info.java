/** Shapes that answers of several endpoints have: a page of a list, an answer that no cache may keep. */
@NullMarked
package dev.jarvis.control.answer;

import org.jspecify.annotations.NullMarked;
