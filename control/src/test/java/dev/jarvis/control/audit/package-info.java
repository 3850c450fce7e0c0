@NullMarked
package dev.jarvis.control.audit;

import org.jspecify.annotations.NullMarked;
