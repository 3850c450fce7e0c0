/** What a module needs to have its acts recorded without knowing who keeps the records. */
@NullMarked
package dev.jarvis.platform.audit;

import org.jspecify.annotations.NullMarked;
