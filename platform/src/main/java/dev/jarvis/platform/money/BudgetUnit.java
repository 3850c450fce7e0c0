package dev.jarvis.platform.money;

/** What a budget counts: money of one currency in nano-units, or tokens. */
public enum BudgetUnit {
    USD("USD"),
    CNY("CNY"),
    TOKENS("tokens");

    private final String code;

    BudgetUnit(String code) {
        this.code = code;
    }

    /** The name in the database and in APIs. */
    public String code() {
        return code;
    }

    public boolean isMoney() {
        return this != TOKENS;
    }

    /** @throws IllegalArgumentException if there is no such unit */
    public static BudgetUnit of(String code) {
        for (BudgetUnit unit : values()) {
            if (unit.code.equals(code)) {
                return unit;
            }
        }
        throw new IllegalArgumentException("no such budget unit: " + code);
    }
}
