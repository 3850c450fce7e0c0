package dev.jarvis.platform.money;

/**
 * One line of a record's bill.
 *
 * @param quantity tokens, or pieces of a counted unit
 * @param priceNano nano-units per million tokens, or for one piece
 * @param amountNano nano-units, rounded half up once
 */
public record CostLine(Billable what, long quantity, long priceNano, long amountNano) {}
