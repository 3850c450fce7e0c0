/**
 * Budgets: slices of them held by this node, reserved before a request is sent and settled when it is over; and the charging
 * of records to them. Start at {@link dev.jarvis.gateway.budget.BudgetLimits}. May use limit, catalog and platform.
 */
@NullMarked
package dev.jarvis.gateway.budget;

import org.jspecify.annotations.NullMarked;
