package dev.jarvis.gateway.catalog;

import java.util.UUID;

/** Hears of provider keys that do not open: their ciphertext was changed or moved, or is of another master key. */
@FunctionalInterface
public interface CorruptKeys {
    /** Called once for each, until it opens again. */
    void found(UUID providerKeyId);
}
