/**
 * The other end of an invitation ({@code /api/v1/invitations}): whoever has the link chooses a password and is logged in.
 * Links are made in {@code control.user}. Start at {@link dev.jarvis.control.invitation.InvitationEndpoint}.
 */
@NullMarked
package dev.jarvis.control.invitation;

import org.jspecify.annotations.NullMarked;
