@NullMarked
package dev.jarvis.control.rerate;

import org.jspecify.annotations.NullMarked;
