/**
 * Reads what callers send to blocking endpoints: the fields of a JSON body and the parameters of a query, each checked
 * and refused by name. Start at {@link dev.jarvis.platform.input.Fields}.
 */
@NullMarked
package dev.jarvis.platform.input;

import org.jspecify.annotations.NullMarked;
