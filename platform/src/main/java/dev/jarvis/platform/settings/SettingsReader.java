package dev.jarvis.platform.settings;

import dev.jarvis.platform.postgres.DatabaseAddress;
import dev.jarvis.platform.redis.RedisAddress;
import dev.jarvis.platform.vault.KeySource;
import dev.jarvis.platform.vault.Secret;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns texts into settings, going on after a fault to find the others. */
final class SettingsReader {
    private static final int SHORTEST_PASSWORD = 12;
    private static final int FEWEST_LETTERS = 5;
    private static final int MOST_EVENT_LOOPS = 256;
    private static final int FEWEST_DAYS_KEPT = 32;
    private static final int MOST_DAYS_KEPT = 36_500;
    private static final long SMALLEST_JOURNAL = 1L << 20;
    private static final long SMALLEST_FILE = 1L << 10;
    private static final long LARGEST_FILE = 64L << 20;
    private static final long LARGEST_DISK = 1L << 50;

    private final SettingValues values;

    private SettingsReader(SettingValues values) {
        this.values = values;
    }

    static Settings read(SettingValues values) {
        Settings settings = new SettingsReader(values).settings();
        new RoleRules(values).check(settings);
        if (!values.faults().isEmpty()) {
            throw new SettingsException(values.faults());
        }
        return settings;
    }

    private Settings settings() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new Settings(
                values.value(
                        Setting.ROLES, Set.of(Settings.Role.values()), text -> Texts.words(text, Settings.Role.class)),
                values.optional(Setting.GATEWAY_URL, Texts::serverUrl),
                values.optional(Setting.ENGINE_URL, Texts::serverUrl),
                values.value(Setting.LISTEN, new Settings.ListenAddress("127.0.0.1", 8080), Texts::listenAddress),
                values.value(Setting.DATA_DIR, home(".jarvis"), SettingsReader::directory),
                values.optional(Setting.DATABASE_URL, DatabaseAddress::parse),
                values.optional(Setting.REDIS_URL, RedisAddress::parse),
                values.value(Setting.UNSAFE_DATABASE, false, Texts::truth),
                masterKey(),
                values.optional(Setting.ENGINE_KEY, SettingsReader::engineKey),
                values.value(Setting.FETCH_ALLOW, List.of(), Texts::networks),
                firstAdministrator(),
                values.value(Setting.UPSTREAM_ALLOW, List.of(), Texts::networks),
                values.value(Setting.SETTLE, Settings.Settle.WRITE, text -> Texts.word(text, Settings.Settle.class)),
                new Settings.Journal(size(Setting.JOURNAL_MAX, SMALLEST_JOURNAL), size(Setting.JOURNAL_KEEP_FREE, 0)),
                values.optional(
                        Setting.USAGE_RETENTION_DAYS, text -> Texts.number(text, FEWEST_DAYS_KEPT, MOST_DAYS_KEPT)),
                new Settings.Bodies(
                        values.value(Setting.BODY_RETENTION_DAYS, 30, text -> Texts.number(text, 1, MOST_DAYS_KEPT)),
                        values.value(Setting.BODY_MOST, 64 << 10, text -> (int) Texts.size(text, 1 << 10, 1 << 20))),
                new Settings.Attachments(
                        values.value(Setting.ATTACHMENT_MAX, Texts.size(Setting.ATTACHMENT_MAX.fallback()), text ->
                                (int) Texts.size(text, SMALLEST_FILE, LARGEST_FILE)),
                        size(Setting.ATTACHMENTS_PER_USER, SMALLEST_FILE)),
                values.value(
                        Setting.CLIENT_GONE,
                        Settings.ClientGone.DRAIN,
                        text -> Texts.word(text, Settings.ClientGone.class)),
                new Settings.Timeouts(
                        time(Setting.UPSTREAM_CONNECT_TIMEOUT),
                        time(Setting.UPSTREAM_FIRST_BYTE_TIMEOUT),
                        time(Setting.UPSTREAM_IDLE_TIMEOUT),
                        time(Setting.CLIENT_WRITE_TIMEOUT),
                        time(Setting.REQUEST_TIMEOUT),
                        time(Setting.DRAIN_TIMEOUT)),
                values.value(Setting.MAX_BODY, Texts.size(Setting.MAX_BODY.fallback()), Texts::size),
                values.optional(Setting.PUBLIC_URL, Texts::publicUrl),
                values.value(Setting.CORS_ORIGINS, List.of(), Texts::origins),
                values.value(
                        Setting.LOG_FORMAT,
                        Settings.LogFormat.TEXT,
                        text -> Texts.word(text, Settings.LogFormat.class)),
                values.value(Setting.EVENT_LOOPS, cores, text -> Texts.number(text, 1, MOST_EVENT_LOOPS)));
    }

    private long size(Setting setting, long least) {
        return values.value(
                setting,
                Texts.size(setting.fallback(), least, LARGEST_DISK),
                text -> Texts.size(text, least, LARGEST_DISK));
    }

    private Duration time(Setting setting) {
        return values.value(setting, Texts.duration(setting.fallback()), Texts::duration);
    }

    private Optional<KeySource> masterKey() {
        Optional<KeySource> text = values.optional(Setting.MASTER_KEY, SettingsReader::masterKey);
        Optional<KeySource> file =
                values.optional(Setting.MASTER_KEY_FILE, path -> new KeySource.KeyFile(directory(path)));
        if (text.isPresent() && file.isPresent()) {
            values.fault(Setting.MASTER_KEY, "JARVIS_MASTER_KEY_FILE is set too. Remove one of them.");
        }
        return text.or(() -> file);
    }

    private static Secret engineKey(String text) {
        KeySource.faultOf(text).ifPresent(fault -> {
            throw new IllegalArgumentException(fault);
        });
        return new Secret(text);
    }

    private static KeySource masterKey(String text) {
        KeySource.faultOf(text).ifPresent(fault -> {
            throw new IllegalArgumentException(fault);
        });
        return new KeySource.KeyText(new Secret(text));
    }

    private Optional<Settings.FirstAdministrator> firstAdministrator() {
        Optional<String> email = values.optional(Setting.ADMIN_EMAIL, SettingsReader::email);
        Optional<Secret> password = values.optional(Setting.ADMIN_PASSWORD, SettingsReader::password);
        if (values.isGiven(Setting.ADMIN_EMAIL) != values.isGiven(Setting.ADMIN_PASSWORD)) {
            Setting missing = values.isGiven(Setting.ADMIN_EMAIL) ? Setting.ADMIN_PASSWORD : Setting.ADMIN_EMAIL;
            values.fault(
                    missing, "it is missing; the first administrator needs both an e-mail address and a password.");
        }
        return email.flatMap(address -> password.map(secret -> new Settings.FirstAdministrator(address, secret)));
    }

    private static String email(String text) {
        if (!text.matches("[^@\\s]+@[^@\\s]+")) {
            throw new IllegalArgumentException("'" + text + "' is not an e-mail address");
        }
        return text;
    }

    private static Secret password(String text) {
        if (text.length() < SHORTEST_PASSWORD) {
            throw new IllegalArgumentException("it is shorter than " + SHORTEST_PASSWORD + " characters");
        }
        if (text.chars().distinct().count() < FEWEST_LETTERS) {
            throw new IllegalArgumentException("it repeats the same few characters");
        }
        return new Secret(text);
    }

    private static Path directory(String text) {
        return text.startsWith("~/")
                ? home(text.substring(2))
                : Path.of(text).toAbsolutePath().normalize();
    }

    private static Path home(String name) {
        return Path.of(System.getProperty("user.home")).resolve(name);
    }
}
