/** Tells running nodes what changed in the database. Start at {@link dev.jarvis.platform.notice.Notices}. */
@NullMarked
package dev.jarvis.platform.notice;

import org.jspecify.annotations.NullMarked;
