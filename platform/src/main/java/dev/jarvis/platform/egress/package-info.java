/**
 * Where this installation may connect to: addresses of providers are judged when an administrator saves them and again when the
 * gateway connects. Uses nothing but the JDK and the words of platform.http. Start at {@link dev.jarvis.platform.egress.AddressGuard}.
 */
@NullMarked
package dev.jarvis.platform.egress;

import org.jspecify.annotations.NullMarked;
