package dev.jarvis.gateway.meter;

/** How much a usage record knows of what the provider will charge. */
enum Billing {
    /** The provider's own terminal usage. */
    EXACT("exact"),
    /** No terminal usage reached us: a point estimate between bounds that contain the truth. */
    ESTIMATED("estimated"),
    /** Sent and never answered: the provider may or may not charge for it. On the operator's account. */
    UNKNOWN("unknown"),
    /** Never worked on: nothing is charged. */
    NONE("none");

    private final String code;

    Billing(String code) {
        this.code = code;
    }

    /** The word in {@code llm_usage.billing}. */
    String code() {
        return code;
    }

    static Billing of(String code) {
        for (Billing billing : values()) {
            if (billing.code.equals(code)) {
                return billing;
            }
        }
        throw new IllegalArgumentException("no such billing: " + code);
    }
}
