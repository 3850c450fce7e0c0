package dev.jarvis.platform.notice;

import dev.jarvis.platform.postgres.Database;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Listens on a connection of its own. Once a second it compares the topics' versions with what it heard, which also finds a
 * connection that is dead; after connecting again it announces every topic once, since anything may have been missed.
 */
public final class PostgresNotices implements Notices, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresNotices.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    /** A commit can be seen a moment before its notice arrives. */
    private static final Duration LATE = Duration.ofMillis(200);

    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Database database;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final MissedNotices missed = new MissedNotices();
    private final Thread thread;
    private volatile boolean closed;

    private PostgresNotices(Database database, Connection connection) {
        this.database = database;
        this.thread = Thread.ofVirtual().name("notices").start(() -> run(connection));
    }

    /** Connects and listens from here on: what is committed after this returns is announced. */
    public static PostgresNotices open(Database database) throws SQLException {
        return new PostgresNotices(database, listen(database));
    }

    @Override
    public void subscribe(String topic, Listener listener) {
        subscriptions.add(new Subscription(topic, listener));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        subscriptions.forEach(Subscription::end);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Connection first) {
        listenUntilBroken(first);
        Duration pause = FIRST_PAUSE;
        while (!closed && slept(pause)) {
            Optional<Connection> connection = connectAgain();
            if (connection.isPresent()) {
                announceAll();
                listenUntilBroken(connection.get());
                pause = FIRST_PAUSE;
            } else {
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private void listenUntilBroken(Connection connection) {
        try (connection) {
            missed.startFrom(versions(connection));
            while (!closed) {
                take(connection, POLL);
                if (missed.areLikely(versions(connection))) {
                    take(connection, LATE);
                    missed.settle(versions(connection)).forEach(topic -> announce(topic, ""));
                }
            }
        } catch (SQLException e) {
            if (!closed) {
                LOG.warn("Change notices are interrupted: {}", e.getMessage());
            }
        }
    }

    private Optional<Connection> connectAgain() {
        try {
            Connection connection = listen(database);
            LOG.info("Listening for change notices again");
            return Optional.of(connection);
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private void take(Connection connection, Duration wait) throws SQLException {
        PGNotification[] notifications = connection.unwrap(PGConnection.class).getNotifications((int) wait.toMillis());
        for (PGNotification notification : notifications) {
            String payload = notification.getParameter();
            int colon = payload.indexOf(':');
            if (colon > 0) {
                String topic = payload.substring(0, colon);
                missed.heard(topic);
                announce(topic, payload.substring(colon + 1));
            }
        }
    }

    private void announce(String topic, String subject) {
        subscriptions.stream()
                .filter(subscription -> subscription.topic().equals(topic))
                .forEach(subscription -> subscription.tell(subject));
    }

    private void announceAll() {
        subscriptions.forEach(subscription -> subscription.tell(""));
    }

    private static Connection listen(Database database) throws SQLException {
        Connection connection = database.connect(SILENCE);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN jarvis");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static Map<String, Long> versions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT topic, version FROM change_notices")) {
            Map<String, Long> versions = new HashMap<>();
            while (rows.next()) {
                versions.put(rows.getString("topic"), rows.getLong("version"));
            }
            return versions;
        }
    }

    private static boolean slept(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
