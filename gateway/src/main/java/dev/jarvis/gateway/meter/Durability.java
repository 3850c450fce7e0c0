package dev.jarvis.gateway.meter;

/** When a settlement counts as written, so that the answer's end may be released to the client. */
public enum Durability {
    /** In the journal file: survives the death of this process. Synced to the disk at most 5 ms later. */
    WRITE("write"),
    /** Synced to the disk with its group: survives a power cut. */
    FSYNC("fsync"),
    /** Committed in PostgreSQL: survives the loss of this node's disk. */
    POSTGRES("postgres");

    private final String code;

    Durability(String code) {
        this.code = code;
    }

    /** The word in settings. */
    public String code() {
        return code;
    }

    /** @throws IllegalArgumentException if there is no such durability */
    public static Durability of(String code) {
        for (Durability durability : values()) {
            if (durability.code.equals(code)) {
                return durability;
            }
        }
        throw new IllegalArgumentException("no such durability: " + code + "; write, fsync or postgres");
    }
}
