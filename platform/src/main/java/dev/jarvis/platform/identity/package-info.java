/** Who is calling: credentials, access tokens, caller keys. Start at {@link dev.jarvis.platform.identity.Identities}. */
@NullMarked
package dev.jarvis.platform.identity;

import org.jspecify.annotations.NullMarked;
