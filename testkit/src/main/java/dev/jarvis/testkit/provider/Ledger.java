package dev.jarvis.testkit.provider;

import dev.jarvis.platform.json.Json;
import dev.jarvis.testkit.Await;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The exact record of what a provider served. Kept in memory and, where a file is given, as one JSON line for each
 * attempt that arrived and one more when it ended, forced to the disk, so that another process can read it at any time.
 */
public final class Ledger implements AutoCloseable {
    private final List<LedgerEntry> entries = new ArrayList<>();
    private final @Nullable FileChannel file;
    private int started;

    Ledger(@Nullable Path path) {
        try {
            file = path == null
                    ? null
                    : FileChannel.open(
                            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ended attempts, in the order they ended. */
    public synchronized List<LedgerEntry> entries() {
        return List.copyOf(entries);
    }

    /** Attempts that arrived, ended or not. */
    public synchronized int started() {
        return started;
    }

    /** Waits until that many attempts have ended. */
    public List<LedgerEntry> await(int count) {
        return Await.value(
                count + " ended attempts in the provider's ledger", this::entries, seen -> seen.size() >= count);
    }

    /** Every attempt in a ledger file: ended ones by number, and apart the ids of those that never ended. */
    public static Reading read(Path path) {
        Map<Integer, LedgerEntry> ended = new LinkedHashMap<>();
        Map<Integer, String> open = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(path)) {
                Line read = Json.MAPPER.readValue(line, Line.class);
                if (read.ended == null) {
                    open.put(read.number, read.requestId);
                } else {
                    ended.put(read.number, read.ended);
                    open.remove(read.number);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Reading(List.copyOf(ended.values()), List.copyOf(open.values()));
    }

    /** @param openRequestIds {@code x-request-id} of attempts that arrived and have not ended */
    public record Reading(List<LedgerEntry> ended, List<String> openRequestIds) {}

    private record Line(
            int number, String requestId, @Nullable LedgerEntry ended) {}

    synchronized Attempt open(ReceivedRequest request) {
        started++;
        append(new Line(request.number(), request.header("x-request-id").orElse(""), null));
        return new Attempt(request);
    }

    synchronized void close(LedgerEntry entry) {
        append(new Line(entry.number(), entry.requestId(), entry));
        entries.add(entry);
    }

    private void append(Line line) {
        if (file == null || !file.isOpen()) {
            return;
        }
        try {
            ByteBuffer bytes =
                    ByteBuffer.wrap((Json.MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
