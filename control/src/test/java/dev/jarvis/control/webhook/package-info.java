@NullMarked
package dev.jarvis.control.webhook;

import org.jspecify.annotations.NullMarked;
