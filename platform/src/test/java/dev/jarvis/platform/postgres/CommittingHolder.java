package dev.jarvis.platform.postgres;

import dev.jarvis.platform.start.DataDirectory;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that holds an embedded server with committed rows until it is killed. */
final class CommittingHolder {
    static final int ROWS = 20;

    private CommittingHolder() {}

    public static void main(String[] arguments) throws InterruptedException {
        DataDirectory data = DataDirectory.open(Path.of(arguments[0]));
        EmbeddedPostgres server = EmbeddedPostgres.start(data, Path.of(arguments[1]));
        Database database = new Database(server.address());
        database.jdbi().useHandle(handle -> {
            handle.execute("CREATE TABLE IF NOT EXISTS kept (id integer)");
            for (int row = 0; row < ROWS; row++) {
                handle.execute("INSERT INTO kept VALUES (?)", row);
            }
        });
        System.out.println("committed");
        new CountDownLatch(1).await();
    }
}
