package dev.jarvis.gateway.limit;

/**
 * What one settled attempt takes from its caller's limits.
 *
 * @param userCostNano what the user pays, in nano-units of the price's currency
 * @param userTokens the tokens that the user is charged for; none of an attempt that failed before content
 */
public record Spent(long userCostNano, long userTokens) {
    public static final Spent NOTHING = new Spent(0, 0);
}
