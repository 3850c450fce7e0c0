/** Money in integer nano-units, prices per million tokens, and the arithmetic between them. Start at {@link dev.jarvis.platform.money.Money}. */
@NullMarked
package dev.jarvis.platform.money;

import org.jspecify.annotations.NullMarked;
