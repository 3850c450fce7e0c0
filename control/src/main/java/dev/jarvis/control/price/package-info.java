/**
 * What models cost: versions of prices, the shipped catalogue, files of others, exchange rates. Start at
 * {@link dev.jarvis.control.price.PriceEndpoint}. May use input, audit and platform; the model package uses it, never the
 * other way round.
 */
@NullMarked
package dev.jarvis.control.price;

import org.jspecify.annotations.NullMarked;
