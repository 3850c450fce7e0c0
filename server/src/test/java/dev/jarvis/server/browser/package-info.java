/**
 * The console in a real browser, against a whole server whose providers are played. Extend {@link
 * dev.jarvis.server.browser.BrowserTest}; docs/testing.md says how.
 */
@NullMarked
package dev.jarvis.server.browser;

import org.jspecify.annotations.NullMarked;
