package dev.jarvis.platform.settings;

import dev.jarvis.platform.start.SecretFile;
import dev.jarvis.platform.vault.KeySource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SettingsTest {
    @TempDir
    Path directory;

    @Test
    void everySettingHasADefault() {
        Settings settings = read(Map.of());
        assertThat(settings.listen()).isEqualTo(new Settings.ListenAddress("127.0.0.1", 8080));
        assertThat(settings.dataDirectory()).isEqualTo(Path.of(System.getProperty("user.home"), ".jarvis"));
        assertThat(settings.database()).isEmpty();
        assertThat(settings.keySource()).isInstanceOf(KeySource.MadeOnce.class);
        assertThat(settings.upstreamAllow()).isEmpty();
        assertThat(settings.corsOrigins()).isEmpty();
        assertThat(settings.settle()).isEqualTo(Settings.Settle.WRITE);
        assertThat(settings.clientGone()).isEqualTo(Settings.ClientGone.DRAIN);
        assertThat(settings.timeouts().upstreamFirstByte()).isEqualTo(Duration.ofSeconds(120));
        assertThat(settings.maxBody()).isEqualTo(32 << 20);
        assertThat(settings.journal()).isEqualTo(new Settings.Journal(4L << 30, 256L << 20));
        assertThat(settings.eventLoops()).isPositive();
    }

    @Test
    void flagsWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
        Path file = directory.resolve("jarvis.properties");
        Files.writeString(file, "JARVIS_LISTEN=127.0.0.1:1\nJARVIS_SETTLE=fsync\nJARVIS_MAX_BODY=1MiB\n");
        Settings settings = Settings.read(
                Map.of("JARVIS_LISTEN", "127.0.0.1:3"),
                Map.of("JARVIS_LISTEN", "127.0.0.1:2", "JARVIS_SETTLE", "postgres", "PATH", "/bin"),
                Optional.of(file));
        assertThat(settings.listen().port()).isEqualTo(3);
        assertThat(settings.settle()).isEqualTo(Settings.Settle.POSTGRES);
        assertThat(settings.maxBody()).isEqualTo(1 << 20);
    }

    @Test
    void namesEveryFaultAtOnce() {
        Map<String, String> wrong = new HashMap<>();
        wrong.put("JARVIS_LISTEN", "8080");
        wrong.put("JARVIS_DATABASE_URL", "mysql://u:p@h/d");
        wrong.put("JARVIS_UPSTREAM_ALLOW", "10.0.0.0/8,everything");
        wrong.put("JARVIS_SETTLE", "sometimes");
        wrong.put("JARVIS_REQUEST_TIMEOUT", "30 minutes");
        wrong.put("JARVIS_MAX_BODY", "32MB");
        wrong.put("JARVIS_JOURNAL_MAX", "1023KiB");
        wrong.put("JARVIS_ATTACHMENT_MAX", "65MiB");
        wrong.put("JARVIS_ATTACHMENTS_PER_USER", "1");
        wrong.put("JARVIS_EVENT_LOOPS", "0");
        wrong.put("JARVIS_PUBLIC_URL", "llm.example.com");
        wrong.put("JARVIS_CORS_ORIGINS", "https://chat.example.com/");
        wrong.put("JARVIS_LISTENING", "typo");
        wrong.put("JARVIS_ADMIN_EMAIL", "nobody");
        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> read(wrong));
        assertThat(refused.faults()).hasSize(15);
        wrong.keySet()
                .forEach(name -> assertThat(refused.faults())
                        .anyMatch(fault -> fault.startsWith(name + ":") || fault.startsWith(name + " (")));
    }

    @ParameterizedTest
    @CsvSource({
        "JARVIS_ADMIN_PASSWORD, ' '",
        "JARVIS_ADMIN_PASSWORD, tiny-secret",
        "JARVIS_ADMIN_PASSWORD, aaaaaaaaaaaaaaaa",
        "JARVIS_MASTER_KEY, ' '",
        "JARVIS_MASTER_KEY, correct-horse",
        "JARVIS_MASTER_KEY, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "JARVIS_MASTER_KEY, c2hvcnQ=",
        "JARVIS_MASTER_KEY_FILE, ' '",
        "JARVIS_DATABASE_URL, ' '",
    })
    void s22_refusesBlankAndWeakSecretsByNameAndNeverRepeatsThem(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value, "JARVIS_ADMIN_EMAIL", "admin@example.org")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(name + ": ")
                .message()
                .doesNotContain(value.isBlank() ? "\0" : value);
    }

    @Test
    void s22_anAdministratorNeedsBothAddressAndPassword() {
        assertThatThrownBy(() -> read(Map.of("JARVIS_ADMIN_PASSWORD", "a good long one")))
                .hasMessageContaining("JARVIS_ADMIN_EMAIL: it is missing");
    }

    @Test
    void neverPrintsASecret() {
        Settings settings = read(Map.of(
                "JARVIS_ADMIN_EMAIL", "admin@example.org",
                "JARVIS_ADMIN_PASSWORD", "placeholder-password",
                "JARVIS_DATABASE_URL", "postgres://app:placeholder-password@db/jarvis",
                "JARVIS_MASTER_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="));
        assertThat(settings.toString()).doesNotContain("placeholder-password", "MDEyMzQ1");
    }

    @Test
    void refusesASettingsFileWithSecretsThatOthersCanRead() throws IOException {
        Path file = directory.resolve("jarvis.properties");
        SecretFile.write(file, "JARVIS_ADMIN_EMAIL=admin@example.org\nJARVIS_ADMIN_PASSWORD=placeholder-password\n");
        assertThat(Settings.read(Map.of(), Map.of(), Optional.of(file)).firstAdministrator())
                .isPresent();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Settings.read(Map.of(), Map.of(), Optional.of(file)))
                .hasMessageContaining("can be read or changed by others")
                .message()
                .doesNotContain("placeholder-password");
    }

    @Test
    void secretsHaveNoFlag() {
        assertThat(Setting.ADMIN_PASSWORD.flag()).isEmpty();
        assertThat(Setting.MASTER_KEY.flag()).isEmpty();
        assertThat(Setting.DATABASE_URL.flag()).isEmpty();
        assertThat(Setting.DATA_DIR.flag()).contains("--data-dir");
    }

    @Test
    void oneProcessDoesEverythingUnlessItIsToldOtherwise() {
        assertThat(read(Map.of()).roles()).containsExactlyInAnyOrder(Settings.Role.values());
        Settings apart = read(Map.of(
                "JARVIS_ROLES", "engine",
                "JARVIS_GATEWAY_URL", "http://10.1.0.5:8080/",
                "JARVIS_DATABASE_URL", "postgres://u:p@h/d"));
        assertThat(apart.isEngineApart()).isTrue();
        assertThat(apart.gatewayUrl()).contains(URI.create("http://10.1.0.5:8080"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "engine | | JARVIS_GATEWAY_URL, JARVIS_DATABASE_URL",
                "engine | JARVIS_GATEWAY_URL=http://g, JARVIS_DATABASE_URL=postgres://u:p@h/d, JARVIS_MASTER_KEY=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=, JARVIS_ENGINE_URL=http://e, JARVIS_ADMIN_EMAIL=a@b, JARVIS_ADMIN_PASSWORD=a good long one | JARVIS_MASTER_KEY, JARVIS_ENGINE_URL, JARVIS_ADMIN_EMAIL, JARVIS_ADMIN_PASSWORD",
                "engine | JARVIS_GATEWAY_URL=nowhere, JARVIS_DATABASE_URL=postgres://u:p@h/d | JARVIS_GATEWAY_URL",
                "gateway,control | JARVIS_GATEWAY_URL=http://g, JARVIS_ENGINE_KEY=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE= | JARVIS_GATEWAY_URL, JARVIS_ENGINE_KEY",
                "gateway,control,console | JARVIS_ENGINE_URL=http://e | JARVIS_DATABASE_URL",
                "gateway,engine | | JARVIS_ROLES",
                "control | | JARVIS_ROLES",
                "gateway,console | | JARVIS_ROLES",
                "gateway,brain | | JARVIS_ROLES",
            })
    void namesEveryRoleAndSettingThatDoesNotGoWithTheOthers(String roles, @Nullable String given, String faulty) {
        Map<String, String> environment = new HashMap<>(Map.of("JARVIS_ROLES", roles));
        if (given != null) {
            for (String setting : given.split(", ")) {
                environment.put(
                        setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
            }
        }
        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> read(environment));
        assertThat(refused.faults().stream().map(fault -> fault.substring(0, fault.indexOf(':'))))
                .containsExactlyInAnyOrder(faulty.split(", "));
    }

    private static Settings read(Map<String, String> environment) {
        return Settings.read(Map.of(), environment, Optional.empty());
    }
}
