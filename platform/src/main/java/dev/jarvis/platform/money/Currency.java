package dev.jarvis.platform.money;

/** The currencies that prices come in. Amounts of different currencies are never added. */
public enum Currency {
    USD,
    CNY
}
