@NullMarked
package dev.jarvis.platform.http;

import org.jspecify.annotations.NullMarked;
