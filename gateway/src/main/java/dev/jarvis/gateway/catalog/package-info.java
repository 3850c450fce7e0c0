/** What may be asked for and where it is served: an immutable snapshot, swapped whole. Start at {@link dev.jarvis.gateway.catalog.Catalog}. */
@NullMarked
package dev.jarvis.gateway.catalog;

import org.jspecify.annotations.NullMarked;
