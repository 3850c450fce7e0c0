package dev.jarvis.gateway.catalog;

import dev.jarvis.platform.money.Price;

import java.time.Instant;
import java.util.Optional;

/**
 * A price that a model will have.
 *
 * @param price empty: from then on the model is not priced
 */
public record ScheduledPrice(Instant from, Optional<Price> price) {}
