@NullMarked
package dev.jarvis.gateway.body;

import org.jspecify.annotations.NullMarked;
