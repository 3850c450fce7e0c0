/**
 * Logging in, staying logged in, logging out ({@code /api/v1/auth}). Start at {@link dev.jarvis.control.login.Logins}.
 * What a refused login says, and how long it takes, is the same whether the user exists or not.
 */
@NullMarked
package dev.jarvis.control.login;

import org.jspecify.annotations.NullMarked;
