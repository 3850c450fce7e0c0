package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.budget.BudgetBooks;
import dev.jarvis.gateway.budget.Charged;
import dev.jarvis.gateway.budget.Debit;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.json.Json;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.util.ByteStreamWriter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The tables that usage is shipped to. */
final class UsageTable {
    private static final String STORED = """
            SELECT CAST(u.attempt_id AS text)
            FROM json_to_recordset(CAST(:keys AS json)) AS k(day date, attempt_id uuid)
            JOIN llm_usage u ON u.day = k.day AND u.attempt_id = k.attempt_id
            """;

    private static final String CHECKPOINT = """
            INSERT INTO gateway_nodes (id, name, segment, position, settled)
            VALUES (:node, :name, :segment, :position, :settled)
            ON CONFLICT (id) DO UPDATE
            SET name = excluded.name, segment = excluded.segment, position = excluded.position,
                settled = greatest(gateway_nodes.settled, excluded.settled), updated_at = now()
            """;

    private static final String QUARANTINE = """
            INSERT INTO llm_usage_quarantine (node_id, attempt_id, record, reason)
            VALUES (:node, :attempt, :record, :reason)
            ON CONFLICT (attempt_id) DO NOTHING
            """;

    private final Jdbi jdbi;
    private final UUID node;
    private final String nodeName;

    /**
     * How far a journal is shipped.
     *
     * @param settled attempts that the node had settled up to there, in all its life
     */
    record Checkpoint(long segment, long position, long settled) {}

    UsageTable(Jdbi jdbi, UUID node, String nodeName) {
        this.jdbi = jdbi;
        this.node = node;
        this.nodeName = RecordText.clean(nodeName, RecordText.FOREIGN);
    }

    /** All of it or nothing: rows, hours, budgets and checkpoint. */
    void store(List<JournaledUsage> records, Checkpoint checkpoint) {
        store(records, handle -> advance(handle, checkpoint));
    }

    /** Rows, hours and budgets only: part of a batch whose checkpoint must wait for the rest of it. */
    void store(List<JournaledUsage> records) {
        store(records, handle -> {});
    }

    /**
     * First in the belief that all records are new and that budgets cover everything, as is so unless something died or
     * surprised: rows go straight into the table, which refuses all of them if it has one of them.
     */
    private void store(List<JournaledUsage> records, Consumer<Handle> last) {
        List<Debit> debits = debits(records);
        try {
            jdbi.useTransaction(handle -> {
                storeInFull(handle, records, debits);
                last.accept(handle);
            });
        } catch (NotCovered e) {
            storeRest(records, last);
        } catch (RuntimeException e) {
            if (!SqlFault.of(e).isDuplicate()) {
                throw e;
            }
            storeRest(records, last);
        }
    }

    private void storeInFull(Handle handle, List<JournaledUsage> records, List<Debit> debits) {
        copy(handle, records, debits.stream().map(Debit::inFull).toList());
        if (debits.isEmpty()) {
            return;
        }
        BudgetBooks books = BudgetBooks.lock(handle, debits);
        if (!books.chargeInFull(debits)) {
            throw new NotCovered();
        }
        books.write();
    }

    /** What is not stored yet, charged to what the budgets have left. */
    private void storeRest(List<JournaledUsage> records, Consumer<Handle> last) {
        Set<UUID> before = new HashSet<>();
        try {
            jdbi.useTransaction(handle -> {
                storeCovered(handle, records, before);
                last.accept(handle);
            });
        } catch (RuntimeException e) {
            if (SqlFault.of(e).isDuplicate()
                    && !before.containsAll(jdbi.withHandle(handle -> stored(handle, records)))) {
                throw new IllegalStateException("a record was stored by somebody else just now; it is tried again");
            }
            throw e;
        }
    }

    /** A row is never changed, so what its user pays is found out before it is inserted, with the budgets locked. */
    private void storeCovered(Handle handle, List<JournaledUsage> records, Set<UUID> before) {
        List<Debit> claimed = debits(records);
        Optional<BudgetBooks> books =
                claimed.isEmpty() ? Optional.empty() : Optional.of(BudgetBooks.lock(handle, claimed));
        before.addAll(stored(handle, records));
        List<JournaledUsage> fresh = records.stream()
                .filter(record -> !before.contains(record.attemptId()))
                .toList();
        if (!fresh.isEmpty()) {
            copy(handle, fresh, books.map(open -> open.charge(debits(fresh))).orElse(List.of()));
            books.ifPresent(BudgetBooks::write);
        }
    }

    private static List<Debit> debits(List<JournaledUsage> records) {
        return records.stream()
                .filter(record -> !record.usage().attempt().claims().isEmpty())
                .map(JournaledUsage::debit)
                .toList();
    }

    private static final class NotCovered extends RuntimeException {
        NotCovered() {
            super("a budget does not cover a record", null, false, false);
        }
    }

    void advance(Checkpoint checkpoint) {
        jdbi.useTransaction(handle -> advance(handle, checkpoint));
    }

    /** Keeps a record that the tables refuse. Its bytes are those of the journal, see {@link Frame}. */
    void quarantine(UUID attemptId, byte[] raw, String reason) {
        jdbi.useTransaction(handle -> handle.createUpdate(QUARANTINE)
                .bind("node", node)
                .bind("attempt", attemptId)
                .bind("record", raw)
                .bind("reason", reason)
                .execute());
    }

    /**
     * Makes the partition of a day. It needs the table for itself for a moment; rather than queue behind a long report,
     * with every other shipper queued behind it, it gives up after two seconds and is tried again.
     */
    void ensurePartition(LocalDate day) {
        jdbi.useTransaction(handle -> {
            handle.execute("SET LOCAL lock_timeout = '2s'");
            handle.createQuery("SELECT ensure_usage_partition(:day)::text")
                    .bind("day", day)
                    .mapTo(String.class)
                    .list();
        });
    }

    private void advance(Handle handle, Checkpoint checkpoint) {
        handle.createUpdate(CHECKPOINT)
                .bind("node", node)
                .bind("name", nodeName)
                .bind("segment", checkpoint.segment())
                .bind("position", checkpoint.position())
                .bind("settled", checkpoint.settled())
                .execute();
    }

    /**
     * Inserts rows; a trigger adds them to the rollups of their hour and day. They go in the order of their keys, as rollups
     * do, so that two nodes that ship the same at once wait for each other instead of deadlocking.
     */
    private void copy(Handle handle, List<JournaledUsage> records, List<Charged> charged) {
        Map<UUID, Charged> byAttempt = HashMap.newHashMap(charged.size());
        charged.forEach(one -> byAttempt.put(one.attemptId(), one));
        List<JournaledUsage> ordered = new ArrayList<>(records);
        ordered.sort(Comparator.comparing(JournaledUsage::attemptId));
        byte[] rows = UsageRows.bytes(node, ordered, byAttempt);
        try {
            handle.getConnection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(UsageRows.COPY, ByteStreamWriter.of(ByteBuffer.wrap(rows)));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static Set<UUID> stored(Handle handle, List<JournaledUsage> records) {
        List<Map<String, String>> keys = records.stream()
                .map(record -> Map.of(
                        "day",
                        Uuid7.day(record.attemptId()).toString(),
                        "attempt_id",
                        record.attemptId().toString()))
                .toList();
        return handle.createQuery(STORED)
                .bind("keys", Json.MAPPER.writeValueAsString(keys))
                .mapTo(String.class)
                .map(UUID::fromString)
                .collect(Collectors.toSet());
    }
}
