/**
 * Budgets as administrators set them and as users see them ({@code /api/v1/budgets}, {@code /api/v1/llm/budgets}). Start at
 * {@link dev.jarvis.control.budget.BudgetEndpoint}. The gateway keeps to them; what is spent and what its nodes hold is read
 * from the budgets' windows.
 */
@NullMarked
package dev.jarvis.control.budget;

import org.jspecify.annotations.NullMarked;
