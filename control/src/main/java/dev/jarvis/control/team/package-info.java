/**
 * Teams, and who is in them ({@code /api/v1/teams}). A team shares budgets and limits; each user's calls count for one of
 * theirs. Start at {@link dev.jarvis.control.team.TeamEndpoint}.
 */
@NullMarked
package dev.jarvis.control.team;

import org.jspecify.annotations.NullMarked;
