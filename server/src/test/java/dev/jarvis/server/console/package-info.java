@NullMarked
package dev.jarvis.server.console;

import org.jspecify.annotations.NullMarked;
