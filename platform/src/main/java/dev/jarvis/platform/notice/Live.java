package dev.jarvis.platform.notice;

import java.util.List;
import java.util.function.Supplier;

/**
 * What the database says, in memory. A notice makes one thread load it whole and swap it; while the database is away what was
 * loaded last holds, and loading is tried again. Thread-safe.
 */
public final class Live<T> implements Supplier<T>, AutoCloseable {
    private final Supplier<T> loader;
    private final Reloader reloader;
    private volatile T now;
    private volatile boolean loaded;

    /**
     * Starts loading at once, in the background.
     *
     * @param name for the log, in plural
     * @param first what holds until it is loaded
     * @param topics of the notices after which it is loaded again
     */
    public Live(String name, T first, Supplier<T> loader, Notices notices, List<String> topics) {
        this.now = first;
        this.loader = loader;
        this.reloader = new Reloader(name, this::load);
        topics.forEach(topic -> notices.subscribe(topic, subject -> reloader.reload()));
        reloader.start();
    }

    /** Never blocks. */
    @Override
    public T get() {
        return now;
    }

    /** Whether it was loaded at least once. */
    public boolean isLoaded() {
        return loaded;
    }

    /** Asks for a fresh one, as a notice would. */
    public void reload() {
        reloader.reload();
    }

    private void load() {
        now = loader.get();
        loaded = true;
    }

    @Override
    public void close() {
        reloader.close();
    }
}
