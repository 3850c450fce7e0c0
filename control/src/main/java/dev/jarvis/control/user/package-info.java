/**
 * People who may log in, and what administrators do with them ({@code /api/v1/users}). Start at
 * {@link dev.jarvis.control.user.UserEndpoint}. Usage records outlive their user: a deleted one's stay, by id.
 */
@NullMarked
package dev.jarvis.control.user;

import org.jspecify.annotations.NullMarked;
