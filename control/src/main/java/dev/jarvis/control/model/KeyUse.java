package dev.jarvis.control.model;

/**
 * How a provider key is used.
 *
 * @param name the administrator's, possibly empty
 * @param weight its share in round robin, 1 to 1000
 */
record KeyUse(String name, String status, int weight) {
    static final KeyUse INITIAL = new KeyUse("", "enabled", 1);

    boolean isEnabled() {
        return status.equals("enabled");
    }
}
