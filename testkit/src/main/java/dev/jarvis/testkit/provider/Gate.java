package dev.jarvis.testkit.provider;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A place where a script stops until the test lets it go on; the test can wait until the script is there. */
public final class Gate {
    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    /** Lets the script, and every later one that comes here, go on. */
    public void open() {
        opened.complete(null);
    }

    /** Waits until a script has come here: everything before its pause has been written. */
    public void awaitReached() {
        try {
            reached.get(15, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no script reached the gate within " + Duration.ofSeconds(15), e);
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean isReached() {
        return reached.isDone();
    }

    CompletableFuture<Void> reach() {
        reached.complete(null);
        return opened;
    }
}
