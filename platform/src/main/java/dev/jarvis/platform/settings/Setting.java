package dev.jarvis.platform.settings;

import java.util.Locale;
import java.util.Optional;

/** Every setting: its name in the environment and in files, what it means, and what it is when it is not given. */
public enum Setting {
    ROLES(
            "gateway,control,console,engine",
            "What this process does. gateway: answers model calls; control: people, models, keys, reports; console: the"
                    + " pages; engine: agents and their runs."),
    GATEWAY_URL(
            "this process",
            "For an engine apart (roles: engine): where the gateway and the control plane are, http://10.1.0.5:8080."),
    ENGINE_URL(
            "none",
            "For a gateway without the engine: where engines are. What is for agents is passed on to it, and answered 404"
                    + " without it."),
    LISTEN("127.0.0.1:8080", "Address and port of the HTTP server; port 0 for any free one."),
    DATA_DIR(
            "~/.jarvis",
            "Where the embedded database, the master key and the usage journal live. In the home directory, so that it"
                    + " is the same one wherever Jarvis is started from."),
    DATABASE_URL(
            "the built-in PostgreSQL",
            "An external PostgreSQL: postgres://user:password@host/database?sslmode=require.",
            true),
    REDIS_URL(
            "none",
            "Joins several gateways that share a PostgreSQL: redis://[user:password@]host[:port][/database], rediss:// with"
                    + " TLS, hosts separated by commas for a cluster, redis-sentinel://host:port,host:port#name.",
            true),
    UNSAFE_DATABASE("false", "true accepts a database that may forget what it has confirmed (fsync off)."),
    MASTER_KEY(
            "none", "The master key of the vault itself: 32 random bytes in base64 (openssl rand -base64 32).", true),
    MASTER_KEY_FILE(
            "<data dir>/master.key with the built-in PostgreSQL",
            "A file with the master key, readable by its owner alone. Needed for './jarvis vault rotate'."),
    ENGINE_KEY(
            "<data dir>/engine.key, made at the first start",
            "The engine's own key, which seals what its runs act with, and the credentials of MCP servers: 32 random bytes in"
                    + " base64. The same on all engines of a database.",
            true),
    FETCH_ALLOW(
            "none",
            "Private networks whose pages agents may read with http_fetch, as CIDRs. Every user can have an agent do so."),
    ADMIN_EMAIL("none", "With JARVIS_ADMIN_PASSWORD: the first administrator, created at the first start."),
    ADMIN_PASSWORD("none", "The first administrator's password, at least 12 characters.", true),
    UPSTREAM_ALLOW(
            "none", "Private networks that providers and MCP servers may live in, as CIDRs: 10.1.0.0/16,127.0.0.1/32."),
    SETTLE(
            "write",
            "When the end of an answer is released: its usage is written to the journal (write), synced to the disk"
                    + " (fsync) or committed in PostgreSQL (postgres)."),
    JOURNAL_MAX(
            "4GiB",
            "The most that the usage journal takes of the disk while PostgreSQL is away; beyond it no call is admitted."),
    JOURNAL_KEEP_FREE(
            "256MiB",
            "What the usage journal leaves free on its disk: beyond it no call is admitted, and a server that was killed then can start again."),
    USAGE_RETENTION_DAYS(
            "keep",
            "Days after which usage records are dropped, at least 32; their rollups, and so reports, stay. Not given: none"
                    + " are."),
    BODY_RETENTION_DAYS(
            "30", "Days after which kept bodies of calls are dropped, at least 1; see operations/bodies.md."),
    BODY_MOST("64KiB", "What is kept of one body at most, from 1 KiB to 1 MiB; the rest is cut off."),
    ATTACHMENT_MAX("10MiB", "The largest file for an agent, from 1 KiB to 64 MiB."),
    ATTACHMENTS_PER_USER("1GiB", "What all files of one user for agents may take."),
    CLIENT_GONE("drain", "When a client hangs up: read the provider's answer to its end (drain) or cut it (cancel)."),
    UPSTREAM_CONNECT_TIMEOUT("5s", "Until a provider has taken the connection."),
    UPSTREAM_FIRST_BYTE_TIMEOUT("120s", "Until a provider has begun to answer."),
    UPSTREAM_IDLE_TIMEOUT("60s", "Between two pieces of a provider's answer."),
    CLIENT_WRITE_TIMEOUT("60s", "How long a client may not read before it is given up."),
    REQUEST_TIMEOUT("30m", "For a request as a whole."),
    DRAIN_TIMEOUT("30s", "At shutdown: how long running requests may still take."),
    MAX_BODY("32MiB", "The largest request body."),
    PUBLIC_URL("the address it listens on", "How clients reach this server: https://llm.example.com."),
    CORS_ORIGINS(
            "none",
            "Sites whose pages may call /v1/ from a browser, with a key that they were given: https://chat.example.com,"
                    + " separated by commas; * for all."),
    LOG_FORMAT("text", "text for people, json for machines."),
    EVENT_LOOPS("one per core", "Threads that relay requests.");

    private final String fallback;
    private final String meaning;
    private final boolean secret;

    Setting(String fallback, String meaning) {
        this(fallback, meaning, false);
    }

    Setting(String fallback, String meaning, boolean secret) {
        this.fallback = fallback;
        this.meaning = meaning;
        this.secret = secret;
    }

    /** {@code JARVIS_DATA_DIR}. */
    public String variable() {
        return "JARVIS_" + name();
    }

    /** {@code --data-dir}; a secret has none, since other users of a machine can read command lines. */
    public Optional<String> flag() {
        return secret
                ? Optional.empty()
                : Optional.of("--" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** What holds when it is not given, in words. */
    public String fallback() {
        return fallback;
    }

    public String meaning() {
        return meaning;
    }

    /** Whether its value must never be shown. */
    public boolean isSecret() {
        return secret;
    }
}
