/** What the server takes for a credential, and what not. */
@NullMarked
package dev.jarvis.control.identity;

import org.jspecify.annotations.NullMarked;
