package dev.jarvis.platform.postgres;

import dev.jarvis.platform.vault.Secret;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a database is and who we are there. The password is never part of the URL, so the URL can be logged.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database?…}
 */
public record DatabaseAddress(String jdbcUrl, String user, Optional<Secret> password) {

    /**
     * Reads {@code postgres://user:password@host:port/database?sslmode=…} (also {@code postgresql://}) or
     * {@code jdbc:postgresql://host/database?user=…&password=…}.
     *
     * @throws IllegalArgumentException with a message that does not contain the text, which may hold a password
     */
    public static DatabaseAddress parse(String text) {
        String url = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        URI uri = uri(url);
        String scheme = String.valueOf(uri.getScheme());
        if (!scheme.equals("postgres") && !scheme.equals("postgresql")) {
            throw new IllegalArgumentException("it must begin with postgres:// or jdbc:postgresql://");
        }
        String authority = uri.getRawAuthority();
        String path = uri.getRawPath();
        if (authority == null || path == null || path.length() < 2) {
            throw new IllegalArgumentException(
                    "it must name a host and a database: postgres://user:password@host/database");
        }
        int at = authority.lastIndexOf('@');
        String[] login = at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);
        String user = login.length > 0 ? decode(login[0]) : "";
        String password = login.length > 1 ? decode(login[1]) : "";
        List<String> options = new ArrayList<>();
        for (String option :
                uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&")) {
            if (option.startsWith("user=")) {
                user = decode(option.substring("user=".length()));
            } else if (option.startsWith("password=")) {
                password = decode(option.substring("password=".length()));
            } else if (!option.isEmpty()) {
                options.add(option);
            }
        }
        if (user.isBlank()) {
            throw new IllegalArgumentException("it must name a user: postgres://user:password@host/database");
        }
        String query = options.isEmpty() ? "" : "?" + String.join("&", options);
        return new DatabaseAddress(
                "jdbc:postgresql://" + authority.substring(at + 1) + path + query,
                user,
                password.isBlank() ? Optional.empty() : Optional.of(new Secret(password)));
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "it is not a URL (special characters in a password must be percent-encoded)");
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
