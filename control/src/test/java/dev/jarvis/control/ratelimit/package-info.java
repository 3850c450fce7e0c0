@NullMarked
package dev.jarvis.control.ratelimit;

import org.jspecify.annotations.NullMarked;
