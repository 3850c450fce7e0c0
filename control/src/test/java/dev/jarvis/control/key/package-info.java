@NullMarked
package dev.jarvis.control.key;

import org.jspecify.annotations.NullMarked;
