package dev.jarvis.gateway.meter;

import dev.jarvis.platform.money.TokenClass;

/**
 * One line of a record's bill.
 *
 * @param priceNano nano-units per million tokens
 * @param amountNano nano-units, rounded half up once
 */
record CostLine(TokenClass tokenClass, long tokens, long priceNano, long amountNano) {}
