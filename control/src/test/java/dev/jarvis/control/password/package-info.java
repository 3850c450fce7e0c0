@NullMarked
package dev.jarvis.control.password;

import org.jspecify.annotations.NullMarked;
