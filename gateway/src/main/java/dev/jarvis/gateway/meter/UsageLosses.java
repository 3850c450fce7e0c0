package dev.jarvis.gateway.meter;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds out whether the database is from an earlier time than the journal: it was restored, and what had been shipped since
 * is gone from it. What the journal still has is shipped again; what it had deleted is lost, and how much that is is put on
 * record. Looks once, before anything is shipped.
 */
final class UsageLosses {
    private static final Logger LOG = LoggerFactory.getLogger(UsageLosses.class);

    private static final String SHIPPED = "SELECT settled FROM gateway_nodes WHERE id = :node AND settled IS NOT NULL";

    private static final String RECORD = """
            INSERT INTO usage_losses (node_id, settled_before, lost) VALUES (:node, :shipped, :lost)
            ON CONFLICT (node_id, settled_before) DO NOTHING
            """;

    private final Jdbi jdbi;
    private final UUID node;
    private final List<Recovery.Kept> kept;
    private boolean looked;

    /** @param kept by the journal, when it was found at start */
    UsageLosses(Jdbi jdbi, UUID node, List<Recovery.Kept> kept) {
        this.jdbi = jdbi;
        this.node = node;
        this.kept = kept;
    }

    /** Blocking; nothing after the first time that the database answers. */
    void look() {
        if (looked) {
            return;
        }
        if (!kept.isEmpty()) {
            jdbi.useTransaction(this::look);
        }
        looked = true;
    }

    private void look(Handle handle) {
        Optional<Long> shipped =
                handle.createQuery(SHIPPED).bind("node", node).mapTo(Long.class).findOne();
        if (shipped.isEmpty()) {
            return; // a database that never heard of this node, or not since it counts
        }
        long lost = lost(shipped.get(), kept);
        if (lost > 0) {
            handle.createUpdate(RECORD)
                    .bind("node", node)
                    .bind("shipped", shipped.get())
                    .bind("lost", lost)
                    .execute();
            LOG.error(
                    "The database is from an earlier time than this node's usage journal: {} usage records that it had are"
                            + " in neither any more (table usage_losses)",
                    lost);
        }
    }

    /** What lies between the segments that are kept and had not been shipped, as this database knows. */
    static long lost(long shipped, List<Recovery.Kept> kept) {
        long lost = 0;
        long known = shipped;
        for (Recovery.Kept segment : kept) {
            lost += Math.max(0, segment.from() - known);
            known = Math.max(known, segment.to());
        }
        return lost;
    }
}
