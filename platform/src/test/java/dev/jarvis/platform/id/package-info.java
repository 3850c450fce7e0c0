@NullMarked
package dev.jarvis.platform.id;

import org.jspecify.annotations.NullMarked;
