package dev.jarvis.platform.input;

/**
 * Which part of a list is wanted.
 *
 * @param page from 1
 * @param pageSize 1 to 200
 */
public record PageRequest(int page, int pageSize) {
    private static final int MAX_PAGE = 100_000;
    private static final int MAX_SIZE = 200;
    private static final int DEFAULT_SIZE = 20;

    /** From {@code page} and {@code page_size}. */
    public static PageRequest of(QueryParameters query) {
        return new PageRequest(
                query.integer("page", 1, MAX_PAGE, 1), query.integer("page_size", 1, MAX_SIZE, DEFAULT_SIZE));
    }

    /** Rows to leave out. */
    public long offset() {
        return (page - 1L) * pageSize;
    }
}
