package dev.jarvis.control.audit;

import java.util.UUID;

/**
 * What an act was done to.
 *
 * @param type a noun of the trade: {@code user}, {@code key}, {@code model}, {@code session}, {@code route}
 * @param id of the thing; kept as text, since the thing may be gone when the record is read
 */
public record Target(String type, String id) {
    public static Target of(String type, UUID id) {
        return new Target(type, id.toString());
    }
}
