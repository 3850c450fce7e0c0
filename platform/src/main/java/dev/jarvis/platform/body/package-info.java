/**
 * Bodies of calls as they are kept, where an administrator switched that on: the policy, and how they are sealed. The gateway
 * writes them, the control plane reads them. Start at {@link dev.jarvis.platform.body.BodyKeys}.
 */
@NullMarked
package dev.jarvis.platform.body;

import org.jspecify.annotations.NullMarked;
