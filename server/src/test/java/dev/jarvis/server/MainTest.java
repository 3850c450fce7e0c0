package dev.jarvis.server;

import dev.jarvis.platform.postgres.Database;
import dev.jarvis.platform.postgres.EmbeddedPostgres;
import dev.jarvis.platform.settings.Setting;
import dev.jarvis.platform.settings.Settings;
import io.vertx.core.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class MainTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @AfterEach
    void unlinkPostgres() {
        UnpackedPostgres.unlink(directory);
    }

    @Test
    void listsItsCommandsAndEverySetting() {
        assertThat(run()).isZero();
        assertThat(run("settings")).isZero();
        assertThat(out.toString()).contains("serve", "doctor", "vault rotate", "JARVIS_UPSTREAM_ALLOW", "--data-dir");
    }

    @Test
    void theManualNamesEverySetting() throws IOException {
        String manual =
                Files.readString(Path.of(System.getProperty("jarvis.repository"), "docs", "operations", "settings.md"));
        for (Setting setting : Setting.values()) {
            assertThat(manual).contains("`" + setting.variable() + "`");
        }
    }

    @Test
    void aRehearsalServesOnDataOfItsOwnAndLeavesNothingBehind() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        assertThat(run("rehearse")).as(errors::toString).isZero();
        assertThat(temporary).isDirectoryNotContaining("glob:**/jarvis-rehearsal*");
    }

    @Test
    void wrongSettingsEndWithCode78AndWithoutAStackTrace() {
        assertThat(run("serve", "--listen", "nowhere", "--max-body", "huge")).isEqualTo(Main.CANNOT_START);
        assertThat(errors.toString())
                .contains("jarvis: 2 settings are wrong", "JARVIS_LISTEN", "JARVIS_MAX_BODY")
                .doesNotContain("\tat ");
    }

    @Test
    void anEngineApartIsToldAtOnceWhatItLacks() {
        assertThat(run("serve", "--roles", "engine")).isEqualTo(Main.CANNOT_START);
        assertThat(errors.toString())
                .contains(
                        "jarvis: 2 settings are wrong",
                        "JARVIS_GATEWAY_URL: it is missing",
                        "JARVIS_DATABASE_URL: it is missing");
        errors.getBuffer().setLength(0);
        assertThat(run("serve", "--roles", "engine", "--gateway", "http://127.0.0.1:9"))
                .isEqualTo(Main.CANNOT_START);
        assertThat(errors.toString()).contains("JARVIS_DATABASE_URL").doesNotContain("JARVIS_GATEWAY_URL");
    }

    @Test
    void rotatesTheKeyOfAServerThatIsNotRunning() throws IOException {
        UnpackedPostgres.linkInto(directory);
        start().close();
        String before = Files.readString(directory.resolve("master.key"));
        assertThat(run("vault", "rotate", "--data-dir", directory.toString())).isZero();
        assertThat(out.toString()).contains("secrets sealed anew", "master.key.retired");
        assertThat(Files.readString(directory.resolve("master.key"))).isNotEqualTo(before);
        assertThat(Files.readString(directory.resolve("master.key.retired"))).isEqualTo(before);
        try (JarvisServer again = start();
                Database database =
                        new Database(EmbeddedPostgres.running(directory).orElseThrow())) {
            assertThat(again.sealedBecause()).isEmpty();
            List<String> actors = database.jdbi()
                    .withHandle(handle -> handle.createQuery(
                                    "SELECT actor_name FROM audit_logs WHERE action = 'vault.rotate'")
                            .mapTo(String.class)
                            .list());
            assertThat(actors).singleElement().asString().startsWith("command line: ");
        }
    }

    @Test
    void theDoctorFindsThisMachineFit() {
        assertThat(run("doctor", "--data-dir", directory.resolve("data").toString(), "--listen", "127.0.0.1:0"))
                .as(out.toString())
                .isZero();
        assertThat(out.toString()).contains("ok      Java 25", "built-in PostgreSQL starts here");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void theLauncherHelpsWithoutABuild() throws Exception {
        Path launcher = Path.of(System.getProperty("jarvis.repository"), "jarvis");
        Process help = new ProcessBuilder("sh", launcher.toString(), "help")
                .redirectErrorStream(true)
                .start();
        String text = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(help.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(help.exitValue()).isZero();
        assertThat(text).contains("./jarvis <command>", "serve", "doctor");
    }

    private JarvisServer start() {
        Settings settings = Settings.read(
                Map.of(
                        "JARVIS_DATA_DIR", directory.toString(),
                        "JARVIS_LISTEN", "127.0.0.1:0",
                        "JARVIS_EVENT_LOOPS", "1"),
                Map.of(),
                Optional.empty());
        return JarvisServer.start(
                settings,
                (foundation, vertx, blocking, closing) ->
                        new Parts(List.of(), List.of(), window -> Future.succeededFuture(), Optional.empty()));
    }

    private int run(String... arguments) {
        return Main.run(Wiring::assemble, new PrintWriter(out, true), new PrintWriter(errors, true), arguments);
    }
}
