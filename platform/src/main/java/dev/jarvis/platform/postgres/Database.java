package dev.jarvis.platform.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.jarvis.platform.vault.Secret;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * A pool of connections to one PostgreSQL database. Made without connecting: whether the database answers is asked by
 * {@link #ping}. Every connection gives up on a statement after 30 s, and on a silent server after 40 s.
 */
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 10;
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(5);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofSeconds(40);

    private final DatabaseAddress address;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    public Database(DatabaseAddress address) {
        this.address = address;
        HikariConfig config = new HikariConfig();
        config.setPoolName("jarvis");
        config.setJdbcUrl(address.jdbcUrl());
        config.setDataSourceProperties(properties(address, SILENCE));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql("SET statement_timeout = " + STATEMENT_TIMEOUT.toMillis());
        this.pool = new HikariDataSource(config);
        this.jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
        // Values bound to a statement (hashes, sealed keys, addresses) have no place in an exception's message.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    public DatabaseAddress address() {
        return address;
    }

    /**
     * A connection outside the pool, closed by the caller: for what holds one long, as listening and migrating do.
     *
     * @param silence give up when the server says nothing for so long; zero: never
     */
    public Connection connect(Duration silence) throws SQLException {
        return connect(address, silence);
    }

    static Connection connect(DatabaseAddress address, Duration silence) throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), properties(address, silence));
    }

    /** @throws org.jdbi.v3.core.JdbiException if the database does not answer */
    public void ping() {
        jdbi.useHandle(
                handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one());
    }

    @Override
    public void close() {
        pool.close();
    }

    private static Properties properties(DatabaseAddress address, Duration silence) {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        // The server's "Detail:" line repeats the row's values.
        properties.setProperty("logServerErrorDetail", "false");
        address.password().map(Secret::reveal).ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("ApplicationName", "jarvis");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("socketTimeout", Long.toString(silence.toSeconds()));
        return properties;
    }
}
