/** Tables as files, for spreadsheets. */
@NullMarked
package dev.jarvis.control.answer;

import org.jspecify.annotations.NullMarked;
