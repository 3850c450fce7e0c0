/**
 * Puts the parts together and starts them. {@link dev.jarvis.server.Main} is the command line, {@link
 * dev.jarvis.server.JarvisServer} a running server, {@link dev.jarvis.server.Foundation} what every part stands on and
 * {@link dev.jarvis.server.Parts} what the gateway and the control plane bring. May use every other module; nothing uses
 * it.
 */
@NullMarked
package dev.jarvis.server;

import org.jspecify.annotations.NullMarked;
