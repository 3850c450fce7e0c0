package dev.jarvis.gateway.catalog;

/** How a deployment's provider keys are used: the first usable one, or all in turn by weight. */
public enum KeyMode {
    SINGLE,
    ROUND_ROBIN
}
