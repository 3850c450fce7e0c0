package dev.jarvis.gateway.body;

import dev.jarvis.gateway.dialect.bytes.Slice;

import java.util.List;

/**
 * What a provider sent back that no client got.
 *
 * @param isStream whether it is events
 */
public record Withheld(List<Slice> pieces, boolean isStream) {
    public static final Withheld NOTHING = new Withheld(List.of(), false);

    /** Its size only. */
    @Override
    public String toString() {
        return "Withheld[" + pieces.stream().mapToInt(Slice::length).sum() + " bytes]";
    }
}
