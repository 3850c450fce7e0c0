@NullMarked
package dev.jarvis.server.body;

import org.jspecify.annotations.NullMarked;
