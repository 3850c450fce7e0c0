@NullMarked
package dev.jarvis.control.login;

import org.jspecify.annotations.NullMarked;
