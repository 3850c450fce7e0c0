package dev.jarvis.server.contract;

import dev.jarvis.testkit.database.Repository;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/operations/errors.md} explains every error code that the product has, and the descriptions know no others;
 * {@code docs/operations/metrics.md} explains every metric.
 */
class DocumentedErrorsTest {
    /** Its status is {@code –} where it is only told in an event. */
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z0-9_]+)` \\| (?:[45]\\d\\d|–) \\|", Pattern.MULTILINE);

    /** A code where a refusal is made, or where a method of the same class makes one of it. */
    private static final List<Pattern> USES = List.of(
            Pattern.compile(
                    "Refusal\\.(?:badRequest|unauthenticated|forbidden|notFound|conflict|unavailable)\\(\\s*\"([a-z0-9_]+)\""),
            Pattern.compile("new Refusal\\(\\s*\\d{3},\\s*\"[a-z_]+\",\\s*\"([a-z0-9_]+)\""),
            Pattern.compile(
                    "\\b(?:broken|server|unavailable|refusal|failed)\\((?:5\\d\\d, ?)?\\s*\"((?:[a-z0-9]+_)+[a-z0-9]+)\""),
            Pattern.compile("new UpstreamFailure\\(\\s*[\\w.]+,\\s*\"([a-z0-9_]+)\""));

    /** {@code PathIds} puts "_not_found" to the noun. */
    private static final Pattern BUILT =
            Pattern.compile("PathIds\\.(?:notFound|read)\\((?:[^()\"]*\"[a-z_]+\",)?[^()\"]*\"([a-z_]+)\"\\)");

    private static final Pattern METRIC = Pattern.compile(
            "(?:builder|counter)\\(\\s*\"(jarvis\\.[a-z.]+)\"|=\\s*\"(gen_ai\\.(?:server|client)\\.[a-z._]+)\"");

    private final Set<String> explained = found(ROW, read(Repository.root().resolve("docs/operations/errors.md")));

    @Test
    void everyCodeOfTheSourcesIsExplained() {
        Set<String> used = new TreeSet<>();
        for (String source : sources()) {
            USES.forEach(use -> used.addAll(found(use, source)));
        }
        assertThat(used).hasSizeGreaterThan(80).contains("admin_required", "upstream_reset");
        assertThat(explained).containsAll(used);
    }

    @Test
    void everyCodeOfTheDescriptionsIsExplained() {
        Set<String> described = new Descriptions()
                .operations().stream()
                        .flatMap(operation -> operation.codes().stream())
                        .collect(Collectors.toSet());
        assertThat(explained).containsAll(described);
    }

    @Test
    void noCodeIsExplainedThatIsNowhereUsed() {
        String everything = String.join("\n", sources());
        Set<String> built = found(BUILT, everything).stream()
                .map(noun -> noun + "_not_found")
                .collect(Collectors.toSet());
        assertThat(explained)
                .allSatisfy(code -> assertThat(everything.contains("\"" + code + "\"") || built.contains(code))
                        .as(code)
                        .isTrue());
    }

    @Test
    void everyMetricIsExplained() {
        String explanation = read(Repository.root().resolve("docs/operations/metrics.md"));
        List<String> metrics = METRIC.matcher(String.join("\n", sources()))
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .map(name -> name.replace('.', '_'))
                .toList();
        assertThat(metrics)
                .hasSizeGreaterThan(15)
                .contains("jarvis_gateway_usage_missing", "gen_ai_client_token_usage");
        assertThat(metrics).allSatisfy(name -> assertThat(explanation).contains("`" + name));
    }

    private static List<String> sources() {
        return Stream.of("platform", "gateway", "control", "engine", "server")
                .map(module -> Repository.root().resolve(module).resolve("src/main/java"))
                .flatMap(DocumentedErrorsTest::javaFiles)
                .filter(file -> !file.toString().contains("/gateway/demo/")) // a provider, with codes of its own
                .map(DocumentedErrorsTest::read)
                .toList();
    }

    private static Stream<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
