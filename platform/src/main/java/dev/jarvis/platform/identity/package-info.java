/**
 * Who is calling: credentials, access tokens, caller keys. Start at {@link dev.jarvis.platform.identity.Identities}.
 * A token's signature says that it is ours; what its bearer may do is read from the database at every check.
 */
@NullMarked
package dev.jarvis.platform.identity;

import org.jspecify.annotations.NullMarked;
