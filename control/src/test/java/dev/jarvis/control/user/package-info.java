@NullMarked
package dev.jarvis.control.user;

import org.jspecify.annotations.NullMarked;
