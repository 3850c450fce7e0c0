/**
 * Reads what callers send to the control plane: the fields of a JSON body and the parameters of a query, each checked
 * and refused by name. Start at {@link dev.jarvis.control.input.Fields}.
 */
@NullMarked
package dev.jarvis.control.input;

import org.jspecify.annotations.NullMarked;
