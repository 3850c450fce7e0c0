package dev.jarvis.gateway.dialect.bytes;

/**
 * How large a JSON text may be in each way that costs more than its bytes.
 *
 * @param depth containers within containers
 * @param elements of one array
 * @param keys of one object
 * @param keyBytes of one key, as written
 * @param numberBytes of one number, as written
 */
public record JsonLimits(int depth, int elements, int keys, int keyBytes, int numberBytes) {
    /** For what clients send. */
    public static final JsonLimits REQUEST = new JsonLimits(100, 1_000_000, 100_000, 32 << 10, 1_000);
    /** For what is only watched on its way through: nobody builds anything of it, so only the depth needs memory. */
    public static final JsonLimits WATCHED =
            new JsonLimits(1_000, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
}
