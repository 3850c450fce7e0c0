package dev.jarvis.engine.run;

import dev.jarvis.platform.http.StreamedBody;
import org.jdbi.v3.core.Jdbi;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A run's events from a number on, as server-sent events, until its end. */
final class EventStream implements StreamedBody {
    /** A run of another engine is looked at so often, in milliseconds. */
    private static final long LOOK_EVERY = 300;

    /** One of this engine tells by itself: looking is for what nobody thought of. */
    private static final long LOOK_HERE_EVERY = 7_500;

    /** Time without news after which a comment is sent, so that a client that left is noticed. */
    private static final long QUIET = Duration.ofSeconds(7).toNanos();

    private final Jdbi jdbi;
    private final EventHub hub;
    private final UUID run;
    private final int after;

    EventStream(Jdbi jdbi, EventHub hub, UUID run, int after) {
        this.jdbi = jdbi;
        this.hub = hub;
        this.run = run;
        this.after = after;
    }

    /** Hears events in order. */
    @FunctionalInterface
    interface Listener {
        void hear(Event event) throws IOException;
    }

    /** Hears that nothing more is there for now, at least every few seconds. */
    @FunctionalInterface
    interface Pause {
        void pause() throws IOException;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        write(out, ": run " + run + "\n\n");
        long[] said = {System.nanoTime()};
        follow(
                event -> {
                    said[0] = System.nanoTime();
                    out.write(text(event).getBytes(StandardCharsets.UTF_8));
                },
                () -> {
                    if (System.nanoTime() - said[0] > QUIET) {
                        said[0] = System.nanoTime();
                        out.write(": \n\n".getBytes(StandardCharsets.UTF_8));
                    }
                    out.flush();
                });
    }

    /** Until the run is over, or the server stops. */
    void follow(Listener listener, Pause pause) throws IOException {
        int last = after;
        try (EventHub.Watcher watcher = hub.watch(run)) {
            List<Event> events = stored(last);
            while (!watcher.isClosed()) {
                for (Event event : events) {
                    if (event.number() > last) {
                        last = event.number();
                        listener.hear(event);
                        if (event.isLast()) {
                            return;
                        }
                    }
                }
                if (events.isEmpty() && isOver()) {
                    events = stored(last);
                    if (events.isEmpty()) {
                        return;
                    }
                    continue;
                }
                pause.pause();
                events = next(watcher, last);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was told, if nothing is missing before it; else what the table has. */
    private List<Event> next(EventHub.Watcher watcher, int last) throws InterruptedException {
        List<Event> told = watcher.next(hub.isHere(run) ? LOOK_HERE_EVERY : LOOK_EVERY);
        return told.isEmpty() || told.getFirst().number() > last + 1 ? stored(last) : told;
    }

    private static String text(Event event) {
        return "id: " + event.number() + "\nevent: " + event.type() + "\ndata: " + event.data() + "\n\n";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private List<Event> stored(int last) {
        return jdbi.withHandle(handle -> EventTable.after(handle, run, last));
    }

    /** Only where nothing is left to be read: a run's last event is stored together with its end. */
    private boolean isOver() {
        return jdbi.withHandle(handle -> RunTable.isOver(handle, run));
    }
}
