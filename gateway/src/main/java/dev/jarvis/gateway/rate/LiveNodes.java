package dev.jarvis.gateway.rate;

import dev.jarvis.platform.notice.Reloader;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * How many gateways there are, and which of them this one is: each says so in {@code gateway_nodes} every two seconds, by the
 * database's clock. While the database is away the last answer holds.
 */
public final class LiveNodes implements Neighbours, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveNodes.class);
    private static final Duration BEAT = Duration.ofSeconds(2);

    private static final String BEAT_ONCE = """
            INSERT INTO gateway_nodes (id, name, counts_alone) VALUES (:node, '', :alone)
            ON CONFLICT (id) DO UPDATE SET updated_at = clock_timestamp(), counts_alone = :alone
            """;

    private static final String ALIVE = """
            SELECT id, counts_alone FROM gateway_nodes
             WHERE updated_at > clock_timestamp() - interval '15 seconds' OR id = :node
             ORDER BY id
            """;

    /** So that the others need not wait for it to be missed. */
    private static final String LEAVE =
            "UPDATE gateway_nodes SET updated_at = clock_timestamp() - interval '1 minute' WHERE id = :node";

    private record Node(UUID id, boolean countsAlone) {}

    private final Jdbi jdbi;
    private final UUID node;
    private final Reloader beating;
    private volatile Share share = Share.WHOLE;
    private volatile boolean answered;
    private volatile boolean alone;

    /** Knows the others when this returns, unless the database does not answer. Blocking. */
    public LiveNodes(Jdbi jdbi, UUID node) {
        this.jdbi = jdbi;
        this.node = node;
        this.beating = new Reloader("live gateways", this::beat, BEAT);
        try {
            beat();
        } catch (RuntimeException e) {
            LOG.atInfo().addKeyValue("reason", e.toString()).log("The other gateways are not known yet");
        }
        beating.start();
    }

    @Override
    public Share share() {
        return share;
    }

    @Override
    public void countsAlone(boolean now) {
        if (alone != now) {
            alone = now;
            beating.reload();
        }
    }

    private void beat() {
        answered = false;
        List<Node> alive = jdbi.withHandle(handle -> {
            handle.createUpdate(BEAT_ONCE)
                    .bind("node", node)
                    .bind("alone", alone)
                    .execute();
            return handle.createQuery(ALIVE)
                    .bind("node", node)
                    .map((row, context) -> new Node(row.getObject("id", UUID.class), row.getBoolean("counts_alone")))
                    .list();
        });
        answered = true;
        Share now = shareOf(alive);
        if (!now.equals(share)) {
            LOG.atInfo()
                    .addKeyValue("nodes", now.nodes())
                    .addKeyValue("place", now.place())
                    .log("The number of gateways changed");
            share = now;
        }
    }

    private Share shareOf(List<Node> alive) {
        int place = 0;
        List<Integer> others = new ArrayList<>();
        for (int at = 0; at < alive.size(); at++) {
            Node one = alive.get(at);
            if (one.id().equals(node)) {
                place = at;
            } else if (one.countsAlone()) {
                others.add(at);
            }
        }
        return new Share(alive.size(), place, others);
    }

    @Override
    public void close() {
        beating.close();
        if (!answered) {
            return;
        }
        try {
            jdbi.useHandle(
                    handle -> handle.createUpdate(LEAVE).bind("node", node).execute());
        } catch (RuntimeException e) {
            LOG.atInfo().addKeyValue("reason", e.toString()).log("The other gateways will miss this one in 15 seconds");
        }
    }
}
