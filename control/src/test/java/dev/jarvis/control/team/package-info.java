@NullMarked
package dev.jarvis.control.team;

import org.jspecify.annotations.NullMarked;
