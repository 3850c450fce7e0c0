package dev.jarvis.platform.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of {@code migrations/}: plain SQL with its own BEGIN and COMMIT, which also inserts its row into
 * schema_migrations, so that {@code psql -f} and the server leave the same database behind.
 *
 * @param name without number and ending: {@code users} of {@code 001_users.sql}
 */
public record Migration(int version, String name, String sql) {
    private static final Pattern FILE = Pattern.compile("(\\d{3})_([a-z0-9_]+)\\.sql");

    static Migration of(String fileName, String sql) {
        Matcher matcher = FILE.matcher(fileName);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(fileName + " is not named like 001_users.sql");
        }
        return new Migration(Integer.parseInt(matcher.group(1)), matcher.group(2), sql);
    }

    String fileName() {
        return "%03d_%s.sql".formatted(version, name);
    }

    /** SHA-256 in hexadecimal of the text with Unix line ends, so that a checkout on Windows has the same. */
    String checksum() {
        try {
            byte[] text = sql.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
