package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.limit.Spent;
import io.vertx.core.Future;

import java.util.UUID;

/** One open attempt. Belongs to one event loop; not thread-safe. */
public interface MeteredAttempt {
    UUID id();

    /**
     * Notes what came so far. Cheap enough for each event of a stream: at most once a second it becomes a progress
     * record, from which recovery estimates if this process dies.
     */
    void progress(Delivered delivered);

    /**
     * Writes the attempt's SETTLED record, with its cost lines. The answer's terminal event, or the last byte of a JSON
     * answer, is released to the client only when the future completes: at once for durability {@code write}, after
     * the group's fsync for {@code fsync}, after PostgreSQL's commit for {@code postgres}. Completes on the caller's
     * event loop; never fails, because there is no way on from a lost settlement. A second call changes nothing and
     * returns the first one's future.
     */
    Future<Void> settle(Settlement settlement);

    /** What the settled attempt takes from its caller's limits; nothing before it is settled. */
    Spent spent();
}
