/** Seals and opens secrets, each bound to the row that holds it. Start at {@link dev.jarvis.platform.vault.Vault}. */
@NullMarked
package dev.jarvis.platform.vault;

import org.jspecify.annotations.NullMarked;
