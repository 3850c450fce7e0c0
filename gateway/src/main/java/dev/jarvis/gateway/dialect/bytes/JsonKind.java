package dev.jarvis.gateway.dialect.bytes;

/** What a JSON value is, known from its first byte. */
public enum JsonKind {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    TRUE,
    FALSE,
    NULL;

    public boolean isBoolean() {
        return this == TRUE || this == FALSE;
    }
}
