/** A TCP proxy that makes a network bad on purpose. Start at {@link dev.jarvis.testkit.proxy.FaultProxy}. */
@NullMarked
package dev.jarvis.testkit.proxy;

import org.jspecify.annotations.NullMarked;
