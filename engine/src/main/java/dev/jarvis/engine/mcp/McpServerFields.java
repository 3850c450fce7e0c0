package dev.jarvis.engine.mcp;

import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.vault.Secret;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a request says of a server.
 *
 * @param secret empty: it stays as it was
 */
record McpServerFields(
        String slug,
        String name,
        String description,
        URI url,
        Auth auth,
        Optional<String> authHeader,
        Optional<Secret> secret,
        boolean enabled,
        Duration timeout) {
    private static final int MAX_NAME = 100;
    private static final int MAX_SLUG = 24;
    private static final int MAX_URL = 2_000;
    private static final int MAX_DESCRIPTION = 2_000;
    private static final int MAX_SECRET = 4_096;
    private static final int MOST_SECONDS = 300;

    /** How servers are told of that are programs to start. */
    private static final List<String> PROGRAMS = List.of("command", "args", "env", "cwd");

    /** Headers that are the client's own to set, and those that lead a request elsewhere. */
    private static final Set<String> NOT_THESE = Set.of(
            "accept",
            "accept-encoding",
            "connection",
            "content-length",
            "content-type",
            "cookie",
            "expect",
            "forwarded",
            "host",
            "keep-alive",
            "last-event-id",
            "origin",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "via");

    static McpServerFields ofNew(Fields in, AddressGuard guard) {
        refusePrograms(in);
        in.require("name", "url");
        String name = in.line("name", MAX_NAME, "");
        return read(
                in,
                guard,
                new McpServerFields(
                        slugOf(name),
                        name,
                        "",
                        URI.create("https://invalid.invalid"),
                        Auth.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Duration.ofSeconds(30)));
    }

    static McpServerFields ofChange(Fields in, AddressGuard guard, McpServer now) {
        refusePrograms(in);
        return read(
                in,
                guard,
                new McpServerFields(
                        now.slug(),
                        now.name(),
                        now.description(),
                        now.url(),
                        now.auth(),
                        now.authHeader(),
                        Optional.empty(),
                        now.enabled(),
                        now.timeout()));
    }

    private static McpServerFields read(Fields in, AddressGuard guard, McpServerFields now) {
        Optional<Fields> auth = in.object("auth");
        Auth kind = auth.map(fields -> Auth.of(fields.choice("type", Auth.CODES, now.auth.code())))
                .orElse(now.auth);
        Optional<String> header = auth.map(fields -> fields.optionalLine("header", 64, now.authHeader))
                .orElse(now.authHeader)
                .filter(name -> kind == Auth.HEADER);
        if (kind == Auth.HEADER) {
            requireHeader(header);
        }
        Optional<Secret> secret = auth.flatMap(fields -> secret(fields, kind));
        auth.ifPresent(Fields::refuseOthers);
        McpServerFields fields = new McpServerFields(
                slug(in).orElse(now.slug),
                in.line("name", MAX_NAME, now.name),
                in.paragraph("description", MAX_DESCRIPTION, now.description),
                in.string("url", MAX_URL)
                        .map(text -> guard.checkUrl(text, "url"))
                        .orElse(now.url),
                kind,
                header,
                secret,
                in.flag("enabled", now.enabled),
                Duration.ofSeconds(in.integer("timeout_seconds", 1, MOST_SECONDS, (int) now.timeout.toSeconds())));
        in.refuseOthers();
        return fields;
    }

    private static void refusePrograms(Fields in) {
        boolean program = PROGRAMS.stream().anyMatch(in::has);
        if (program) {
            throw Refusal.badRequest(
                    "stdio_not_supported",
                    "MCP servers that are programs to be started on this machine are not supported. Run it elsewhere with"
                            + " Streamable HTTP, and give its 'url'.",
                    PROGRAMS.stream().filter(in::has).findFirst().orElse("command"));
        }
    }

    private static void requireHeader(Optional<String> header) {
        String name = header.orElse("").toLowerCase(Locale.ROOT);
        if (!name.matches("[a-z0-9][a-z0-9-]*")
                || NOT_THESE.contains(name)
                || name.startsWith("mcp-")
                || name.startsWith("proxy-")) {
            throw Refusal.badRequest(
                    "invalid_value",
                    "'auth.header' must name a header of the server's own, such as x-api-key.",
                    "auth.header");
        }
    }

    private static Optional<Secret> secret(Fields in, Auth kind) {
        Optional<String> text = in.string("secret", MAX_SECRET);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (kind == Auth.NONE) {
            throw Refusal.badRequest(
                    "invalid_value", "'auth.secret' has no use where 'auth.type' is none.", "auth.secret");
        }
        if (!text.get().matches("[\\x21-\\x7e]+")) {
            throw Refusal.badRequest(
                    "invalid_characters", "'auth.secret' must be visible ASCII characters.", "auth.secret");
        }
        return Optional.of(new Secret(text.get()));
    }

    private static Optional<String> slug(Fields in) {
        Optional<String> slug = in.string("slug", MAX_SLUG);
        if (slug.isPresent() && !slug.get().matches("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")) {
            throw Refusal.badRequest(
                    "invalid_value",
                    "'slug' must be lower-case letters, digits and hyphens, and neither begin nor end with a hyphen.",
                    "slug");
        }
        return slug;
    }

    private static String slugOf(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String cut = plain.substring(0, Math.min(plain.length(), MAX_SLUG)).replaceAll("-+$", "");
        return cut.isEmpty() ? "server" : cut;
    }
}
