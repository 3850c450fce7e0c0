package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.budget.BudgetBooks;
import dev.jarvis.gateway.budget.Charged;
import dev.jarvis.gateway.budget.Debit;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.json.Json;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The tables that usage is shipped to. */
final class UsageTable {
    /**
     * Inserts the rows that are not there yet; a trigger adds those, and only those, to the rollups of their hour and
     * day. Rows are taken in the order of their keys, as rollups are, so that two nodes that ship at once wait for each
     * other instead of deadlocking.
     */
    private static final String INSERT = """
            WITH inserted AS (
            INSERT INTO llm_usage (
                day, attempt_id, request_id, node_id, attempt_number, last_of_request, user_id,
                team_id, caller_key_id, model, deployment_id, provider, provider_key_id, provider_key_hint,
                upstream_model, served_model, operation, streamed, outcome, billing, http_status,
                error_code, input_tokens, cache_read_tokens, cache_write_5m_tokens,
                cache_write_1h_tokens, output_tokens, reasoning_tokens, audio_in_tokens,
                audio_out_tokens, image_in_tokens, input_low, input_high, output_low, output_high,
                currency, cost_nano, user_cost_nano, cost_lines, price_version, started_at,
                first_content_ms, duration_ms, request_bytes, response_bytes, upstream_request_id, units,
                service_tier, budget_charges)
            SELECT
                day, attempt_id, request_id, CAST(:node AS uuid), attempt_number, last_of_request, user_id,
                team_id, caller_key_id, model, deployment_id, provider, provider_key_id, provider_key_hint,
                upstream_model, served_model, operation, streamed, outcome, billing, http_status,
                error_code, coalesce(input_tokens, 0), coalesce(cache_read_tokens, 0),
                coalesce(cache_write_5m_tokens, 0), coalesce(cache_write_1h_tokens, 0),
                coalesce(output_tokens, 0), coalesce(reasoning_tokens, 0), coalesce(audio_in_tokens, 0),
                coalesce(audio_out_tokens, 0), coalesce(image_in_tokens, 0), input_low, input_high,
                output_low, output_high, currency, cost_nano, user_cost_nano, cost_lines, price_version,
                started_at, first_content_ms, duration_ms, request_bytes, response_bytes,
                upstream_request_id, coalesce(units, '{}'), service_tier, coalesce(budget_charges, '[]')
            FROM json_to_recordset(CAST(:rows AS json)) AS r(
                day date, attempt_id uuid, request_id text, attempt_number smallint, last_of_request boolean,
                user_id uuid, team_id uuid, caller_key_id uuid, model text,
                deployment_id uuid, provider text, provider_key_id uuid, provider_key_hint text,
                upstream_model text, served_model text, operation text, streamed boolean,
                outcome text, billing text, http_status smallint, error_code text,
                input_tokens bigint, cache_read_tokens bigint, cache_write_5m_tokens bigint,
                cache_write_1h_tokens bigint, output_tokens bigint, reasoning_tokens bigint,
                audio_in_tokens bigint, audio_out_tokens bigint, image_in_tokens bigint,
                input_low bigint, input_high bigint, output_low bigint, output_high bigint,
                currency text, cost_nano bigint, user_cost_nano bigint, cost_lines jsonb,
                price_version bigint, started_at timestamptz, first_content_ms integer,
                duration_ms integer, request_bytes bigint, response_bytes bigint,
                upstream_request_id text, units jsonb, service_tier text, budget_charges jsonb)
            ORDER BY attempt_id
            ON CONFLICT (day, attempt_id) DO NOTHING
            RETURNING attempt_id)
            SELECT CAST(attempt_id AS text) FROM inserted WHERE :told
            """;

    private static final String STORED = """
            SELECT CAST(u.attempt_id AS text)
            FROM json_to_recordset(CAST(:keys AS json)) AS k(day date, attempt_id uuid)
            JOIN llm_usage u ON u.day = k.day AND u.attempt_id = k.attempt_id
            """;

    private static final String CHECKPOINT = """
            INSERT INTO gateway_nodes (id, name, segment, position) VALUES (:node, :name, :segment, :position)
            ON CONFLICT (id) DO UPDATE
            SET name = excluded.name, segment = excluded.segment, position = excluded.position, updated_at = now()
            """;

    private static final String QUARANTINE = """
            INSERT INTO llm_usage_quarantine (node_id, attempt_id, record, reason)
            VALUES (:node, :attempt, :record, :reason)
            ON CONFLICT (attempt_id) DO NOTHING
            """;

    private final Jdbi jdbi;
    private final UUID node;
    private final String nodeName;

    /** How far a journal is shipped. */
    record Checkpoint(long segment, long position) {}

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

    /** First in the belief that budgets cover everything, as they do unless something died or surprised. */
    private void store(List<JournaledUsage> records, Consumer<Handle> last) {
        List<Debit> debits = records.stream()
                .filter(record -> !record.usage().attempt().claims().isEmpty())
                .map(JournaledUsage::debit)
                .toList();
        try {
            jdbi.useTransaction(handle -> {
                storeInFull(handle, records, debits);
                last.accept(handle);
            });
        } catch (NotCovered e) {
            jdbi.useTransaction(handle -> {
                storeCovered(handle, records, debits);
                last.accept(handle);
            });
        }
    }

    private void storeInFull(Handle handle, List<JournaledUsage> records, List<Debit> debits) {
        Set<UUID> inserted =
                insert(handle, records, debits.stream().map(Debit::inFull).toList());
        List<Debit> fresh = debits.stream()
                .filter(debit -> inserted.contains(debit.attemptId()))
                .toList();
        if (!fresh.isEmpty()) {
            BudgetBooks books = BudgetBooks.lock(handle, fresh);
            if (books.charge(fresh).stream().anyMatch(Charged::isReduced)) {
                throw new NotCovered();
            }
            books.write();
        }
    }

    /** A row is never changed, so what its user pays is found out before it is inserted, with the budgets locked. */
    private void storeCovered(Handle handle, List<JournaledUsage> records, List<Debit> debits) {
        BudgetBooks books = BudgetBooks.lock(handle, debits);
        Set<UUID> stored = stored(handle, debits);
        List<Debit> fresh = debits.stream()
                .filter(debit -> !stored.contains(debit.attemptId()))
                .toList();
        List<Charged> charged = books.charge(fresh);
        Set<UUID> inserted = insert(handle, records, charged);
        if (!fresh.stream().allMatch(debit -> inserted.contains(debit.attemptId()))) {
            throw new IllegalStateException("a record was stored by somebody else just now; it is tried again");
        }
        books.write();
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
                .execute();
    }

    /** The attempts whose rows were not there yet; empty if none of them is charged to a budget. */
    private Set<UUID> insert(Handle handle, List<JournaledUsage> records, List<Charged> charged) {
        Map<UUID, Charged> byAttempt = new HashMap<>();
        charged.forEach(one -> byAttempt.put(one.attemptId(), one));
        return handle.createQuery(INSERT)
                .bind("node", node)
                .bind("rows", UsageRows.json(records, byAttempt))
                .bind("told", !charged.isEmpty())
                .mapTo(String.class)
                .map(UUID::fromString)
                .collect(Collectors.toSet());
    }

    private static Set<UUID> stored(Handle handle, List<Debit> debits) {
        List<Map<String, String>> keys = debits.stream()
                .map(debit -> Map.of(
                        "day",
                        Uuid7.day(debit.attemptId()).toString(),
                        "attempt_id",
                        debit.attemptId().toString()))
                .toList();
        return handle.createQuery(STORED)
                .bind("keys", Json.MAPPER.writeValueAsString(keys))
                .mapTo(String.class)
                .map(UUID::fromString)
                .collect(Collectors.toSet());
    }
}
