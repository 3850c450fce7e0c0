/**
 * The built-in demo model: a small OpenAI-compatible provider on a loopback port, so that everything can be tried without a
 * provider key. The gateway calls it over HTTP like any other provider; nothing here knows of the gateway. What it
 * answers is described in {@code docs/demo-model.md}. Start at {@link dev.jarvis.gateway.demo.DemoProvider}.
 */
@NullMarked
package dev.jarvis.gateway.demo;

import org.jspecify.annotations.NullMarked;
