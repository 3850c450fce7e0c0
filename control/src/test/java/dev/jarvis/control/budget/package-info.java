@NullMarked
package dev.jarvis.control.budget;

import org.jspecify.annotations.NullMarked;
