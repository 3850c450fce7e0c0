/**
 * Bodies of calls: where they are kept, who read them, and that they can be deleted. Start at
 * {@link dev.jarvis.control.body.BodyEndpoint}.
 */
@NullMarked
package dev.jarvis.control.body;

import org.jspecify.annotations.NullMarked;
