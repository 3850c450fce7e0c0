package dev.jarvis.control.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import java.util.Optional;

/**
 * A user who was just created.
 *
 * @param invitation by which they choose their password; empty if the administrator set one
 */
record CreatedUser(
        @JsonUnwrapped User user,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Invitations.Issued> invitation) {}
