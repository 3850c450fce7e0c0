package dev.jarvis.control.model;

import java.util.UUID;

/** A row of provider_keys. */
record KeyRow(UUID id, KeyUse use, byte[] sealed, String hint) {
    @Override
    public String toString() {
        return "KeyRow[" + id + "]";
    }
}
