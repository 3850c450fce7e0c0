package dev.jarvis.testkit.database;

import org.postgresql.ds.PGSimpleDataSource;

import javax.sql.DataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One database of the running server, used by one test. It may be left behind: it goes with the server. */
public record TestDatabase(int port, String name) {
    public static final String USER = "postgres";
    /** The server trusts every connection from this machine; settings that ask for a password get this one. */
    public static final String PASSWORD = "not-checked";

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    /** As {@code JARVIS_DATABASE_URL} takes it. */
    public String url() {
        return "postgres://" + USER + ":" + PASSWORD + "@127.0.0.1:" + port + "/" + name;
    }

    /** A new connection for each call to {@code getConnection}; no pool. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        // As the shipper does: a batch is few statements, and triggers that work on statements run few times.
        source.setReWriteBatchedInserts(true);
        source.setUrl(jdbcUrl());
        source.setUser(USER);
        source.setPassword(PASSWORD);
        return source;
    }

    /** Runs statements, several with semicolons between them. */
    public void execute(String sql) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of every row, as text. */
    public List<String> query(String sql) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
