package dev.jarvis.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The one browser process of a test run, started when it is first needed. */
final class Chromium {
    private static final double ASSERTIONS_MILLIS = 15_000;
    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome");

    private static final class Started {
        static final Browser BROWSER = start();
    }

    private Chromium() {}

    static Browser browser() {
        return Started.BROWSER;
    }

    private static Browser start() {
        // Pages ask anew every five seconds: an assertion must outlast that.
        PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTIONS_MILLIS);
        Path program = find().orElseThrow(
                        () -> new AssertionError(
                                "There is no Chromium on this machine, which the tests of the console need. Install it (Debian: apt-get"
                                        + " install chromium-headless-shell fonts-noto-cjk), or name it in the environment variable JARVIS_CHROMIUM."));
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none")));
    }

    private static Optional<Path> find() {
        String named = System.getenv("JARVIS_CHROMIUM");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        Stream<String> directories = Stream.concat(
                Stream.of("/usr/bin"),
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)));
        return directories
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
