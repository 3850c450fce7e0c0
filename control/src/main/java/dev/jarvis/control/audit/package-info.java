/**
 * The audit log: who did what to which thing, from where, and what it was before and after, without secrets. A record is
 * written in the transaction of the act, so neither exists without the other. Start at
 * {@link dev.jarvis.control.audit.Audit}.
 */
@NullMarked
package dev.jarvis.control.audit;

import org.jspecify.annotations.NullMarked;
