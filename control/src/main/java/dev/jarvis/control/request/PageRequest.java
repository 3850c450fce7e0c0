package dev.jarvis.control.request;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;

/**
 * Which part of a list is wanted.
 *
 * @param page from 1
 * @param pageSize 1 to {@link #MAX_SIZE}
 */
public record PageRequest(int page, int pageSize) {
    public static final int MAX_SIZE = 200;
    private static final int DEFAULT_SIZE = 20;
    private static final int MAX_PAGE = 1_000_000;

    /** From {@code page} and {@code page_size}. Refuses numbers out of range: 400 {@code invalid_parameter}. */
    public static PageRequest of(Call call) {
        return new PageRequest(number(call, "page", 1, MAX_PAGE), number(call, "page_size", DEFAULT_SIZE, MAX_SIZE));
    }

    /** Rows to leave out. */
    public long offset() {
        return (page - 1L) * pageSize;
    }

    /** A query parameter that is a whole number from 1. */
    public static int number(Call call, String name, int otherwise, int max) {
        return call.queryParameter(name).map(text -> parse(text, name, max)).orElse(otherwise);
    }

    private static int parse(String text, String name, int max) {
        if (text.matches("[0-9]{1,7}")) {
            int value = Integer.parseInt(text);
            if (value >= 1 && value <= max) {
                return value;
            }
        }
        throw Refusal.badRequest("invalid_parameter", "'" + name + "' must be a number from 1 to " + max + ".", name);
    }
}
