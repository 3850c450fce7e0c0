@NullMarked
package dev.jarvis.control.setup;

import org.jspecify.annotations.NullMarked;
