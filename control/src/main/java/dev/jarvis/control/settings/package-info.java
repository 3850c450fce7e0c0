/**
 * What the installation is and how it was set up ({@code /api/v1/settings}, {@code /api/v1/server}): to look at, not to
 * change, since settings are given at the start. Start at {@link dev.jarvis.control.settings.SettingsEndpoint}.
 */
@NullMarked
package dev.jarvis.control.settings;

import org.jspecify.annotations.NullMarked;
