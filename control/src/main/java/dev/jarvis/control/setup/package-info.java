/**
 * The first start: how the first administrator gets in. There is no default password; either the settings name the
 * administrator, or whoever reads the log has a token that works once. Start at
 * {@link dev.jarvis.control.setup.Setup}.
 */
@NullMarked
package dev.jarvis.control.setup;

import org.jspecify.annotations.NullMarked;
