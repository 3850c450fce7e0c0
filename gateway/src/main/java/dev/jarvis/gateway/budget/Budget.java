package dev.jarvis.gateway.budget;

import dev.jarvis.platform.money.BudgetUnit;

import java.util.Optional;
import java.util.UUID;

/**
 * A budget as the gateway needs it. How much it is stays in the database, where it is granted.
 *
 * @param subjectId empty: the organisation
 * @param isHard never passed, rather than stopped soon after
 */
record Budget(UUID id, BudgetScope scope, Optional<UUID> subjectId, boolean isHard, BudgetUnit unit, Windows windows) {}
