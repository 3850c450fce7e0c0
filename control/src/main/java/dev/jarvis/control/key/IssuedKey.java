package dev.jarvis.control.key;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A key just made, with the text that is shown this once.
 *
 * @param key the whole key
 */
record IssuedKey(@JsonUnwrapped Key view, String key) {
    @Override
    public String toString() {
        return "IssuedKey[" + view.id() + "]";
    }
}
