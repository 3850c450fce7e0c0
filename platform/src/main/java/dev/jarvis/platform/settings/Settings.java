package dev.jarvis.platform.settings;

import dev.jarvis.platform.egress.Cidr;
import dev.jarvis.platform.postgres.DatabaseAddress;
import dev.jarvis.platform.redis.RedisAddress;
import dev.jarvis.platform.vault.KeySource;
import dev.jarvis.platform.vault.Secret;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything an operator can set; {@link Setting} says what each means. Checked as a whole when it is read.
 *
 * @param roles what this process does; together they make sense
 * @param gatewayUrl present for an engine apart, and for no other; without a trailing slash
 * @param engineUrl empty: the engine is here, or nowhere; without a trailing slash
 * @param database empty: the embedded one
 * @param redis what several gateways share beside the database; empty: each counts for itself
 * @param unsafeDatabase whether a database that may forget commits is accepted
 * @param masterKey empty: made once into the data directory beside the embedded database, none beside another
 * @param engineKey empty: made once into the data directory
 * @param fetchAllow private networks whose pages agents may read
 * @param upstreamAllow private networks that providers may live in
 * @param usageRetentionDays after which usage records are dropped; empty: never
 * @param maxBody in bytes
 * @param publicUrl how clients reach this server, if that is not the address it listens on
 * @param corsOrigins of pages that may call models, as browsers write them, or {@code *}
 */
public record Settings(
        Set<Role> roles,
        Optional<URI> gatewayUrl,
        Optional<URI> engineUrl,
        ListenAddress listen,
        Path dataDirectory,
        Optional<DatabaseAddress> database,
        Optional<RedisAddress> redis,
        boolean unsafeDatabase,
        Optional<KeySource> masterKey,
        Optional<Secret> engineKey,
        List<Cidr> fetchAllow,
        Optional<FirstAdministrator> firstAdministrator,
        List<Cidr> upstreamAllow,
        Settle settle,
        Journal journal,
        Optional<Integer> usageRetentionDays,
        Bodies bodies,
        Attachments attachments,
        ClientGone clientGone,
        Timeouts timeouts,
        int maxBody,
        Optional<URI> publicUrl,
        List<String> corsOrigins,
        LogFormat logFormat,
        int eventLoops) {

    /** What a process can do. */
    public enum Role {
        GATEWAY,
        CONTROL,
        CONSOLE,
        ENGINE
    }

    /** @param port 0 for any free one */
    public record ListenAddress(String host, int port) {}

    /** The administrator to create when there is none. */
    public record FirstAdministrator(String email, Secret password) {}

    /** When the end of an answer is released to the client: after its usage is this safe. */
    public enum Settle {
        WRITE,
        FSYNC,
        POSTGRES
    }

    /** How much of its disk the usage journal may take, and must leave, in bytes. */
    public record Journal(long most, long keepFree) {}

    /** For how many days bodies of calls are kept, and how many bytes of each at most. */
    public record Bodies(int days, int most) {}

    /** How many bytes a file for an agent may have, and all files of one user together. */
    public record Attachments(int file, long user) {}

    /** What becomes of the provider's answer when the client hangs up. */
    public enum ClientGone {
        DRAIN,
        CANCEL
    }

    /** How log lines are written. */
    public enum LogFormat {
        TEXT,
        JSON
    }

    /**
     * How long things may take.
     *
     * @param drain at shutdown, for the requests that run
     */
    public record Timeouts(
            Duration upstreamConnect,
            Duration upstreamFirstByte,
            Duration upstreamIdle,
            Duration clientWrite,
            Duration request,
            Duration drain) {}

    /**
     * Reads the settings: flags win over the environment, the environment over the file.
     *
     * @param flags by the settings' names in the environment
     * @param environment all of it; names that do not begin with JARVIS_ are of no interest
     * @param file with lines of {@code NAME=value}
     * @throws SettingsException naming every fault there is
     */
    public static Settings read(Map<String, String> flags, Map<String, String> environment, Optional<Path> file) {
        return SettingsReader.read(SettingValues.merge(flags, environment, file));
    }

    /** Whether this process is an engine and nothing else: it has no vault, and changes no schema. */
    public boolean isEngineApart() {
        return roles.equals(Set.of(Role.ENGINE));
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** Where the master key comes from. */
    public KeySource keySource() {
        return masterKey.orElseGet(() -> database.isPresent()
                ? new KeySource.NoKey()
                : new KeySource.MadeOnce(dataDirectory.resolve("master.key")));
    }
}
