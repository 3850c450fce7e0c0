package dev.jarvis.gateway.dialect.bytes;

/** What is wrong with a JSON text, and where. No stack trace: bad input is an everyday thing. */
public final class JsonFault extends RuntimeException {
    /** The ways in which a text can be wrong. */
    public enum Problem {
        MALFORMED,
        BAD_ENCODING,
        LONE_SURROGATE,
        DUPLICATE_KEY,
        TOO_DEEP,
        TOO_MANY_ELEMENTS,
        TOO_MANY_KEYS,
        KEY_TOO_LONG,
        NUMBER_TOO_LONG
    }

    private final Problem problem;
    private final int offset;

    JsonFault(Problem problem, int offset) {
        super(problem + " at byte " + offset, null, false, false);
        this.problem = problem;
        this.offset = offset;
    }

    public Problem problem() {
        return problem;
    }

    /** The index in the array where it was noticed; for a duplicate key, the index after that key. */
    public int offset() {
        return offset;
    }
}
