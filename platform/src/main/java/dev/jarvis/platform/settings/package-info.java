/** Settings, read and checked once at start, every fault reported together. Start at {@link dev.jarvis.platform.settings.Settings}. */
@NullMarked
package dev.jarvis.platform.settings;

import org.jspecify.annotations.NullMarked;
