/**
 * Holds what the gateways recorded against what a provider says it served: a bill or a usage export is read, compared by
 * day and model, and the comparison kept. Start at {@link dev.jarvis.control.reconciliation.ReconciliationEndpoint}.
 */
@NullMarked
package dev.jarvis.control.reconciliation;

import org.jspecify.annotations.NullMarked;
