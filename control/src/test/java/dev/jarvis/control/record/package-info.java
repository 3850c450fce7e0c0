@NullMarked
package dev.jarvis.control.record;

import org.jspecify.annotations.NullMarked;
