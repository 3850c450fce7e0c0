@NullMarked
package dev.jarvis.gateway.tokens;

import org.jspecify.annotations.NullMarked;
