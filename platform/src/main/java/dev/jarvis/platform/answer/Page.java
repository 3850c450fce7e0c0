package dev.jarvis.platform.answer;

import dev.jarvis.platform.input.PageRequest;

import java.util.List;

/**
 * One part of a list.
 *
 * @param total rows in the whole list
 */
public record Page<T>(List<T> data, long total, int page, int pageSize) {
    public static <T> Page<T> of(List<T> data, long total, PageRequest request) {
        return new Page<>(data, total, request.page(), request.pageSize());
    }
}
