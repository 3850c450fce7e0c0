/**
 * Counts every attempt once: opened before it is sent, settled before its end is released. Start at
 * {@link dev.jarvis.gateway.meter.Meter}; {@link dev.jarvis.gateway.meter.JournalMeter} puts the parts together.
 *
 * <p>Three groups: what an attempt cost and who pays ({@code Charge}, {@code CostLines}, {@code UsageEstimate}); the journal
 * on the node's disk ({@code UsageJournal}, {@code Segment}, {@code Frame}, {@code GroupSync}, {@code Recovery}); and the way
 * into PostgreSQL ({@code Shipper}, {@code UsageDelivery}, {@code UsageTable}).
 */
@NullMarked
package dev.jarvis.gateway.meter;

import org.jspecify.annotations.NullMarked;
