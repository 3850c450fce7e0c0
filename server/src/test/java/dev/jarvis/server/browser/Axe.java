package dev.jarvis.server.browser;

import com.microsoft.playwright.Page;
import dev.jarvis.testkit.database.Repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks at a page as axe-core does: labels, contrast, roles and order, by the rules of WCAG 2.2 A and AA. */
final class Axe {
    private static final String RULES = """
            async (exclude) => {
                const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
                const passing = () => document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
                // A colour on its way is no colour: also one that sets out only with the next frame.
                do {
                    await Promise.all(passing().map((one) => one.finished.catch(() => undefined)));
                    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
                } while (passing().length > 0);
                // What passes is not described, and no stylesheet is fetched again for one rule about turned screens.
                const { violations } = await axe.run({ exclude }, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], preload: false });
                const reasons = (node) => [...node.any, ...node.all, ...node.none].map((check) => check.message).join(' ');
                return violations.flatMap(({ id, nodes }) =>
                    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${reasons(node).slice(0, 240)}`));
            }
            """;

    private Axe() {}

    /** Fails with what a person who cannot see, or sees little, would stumble over. */
    static void findsNothing(Page page) {
        assertThat(look(page)).as("what axe finds on " + page.url()).isEmpty();
    }

    /** What it finds, a line each. */
    static List<String> look(Page page) {
        return look(page, List.of());
    }

    /** @param seen selectors of what was looked at before: colours behind each single text are dear to find out */
    @SuppressWarnings("unchecked")
    static List<String> look(Page page, List<String> seen) {
        if (!(Boolean) page.evaluate("'axe' in window")) {
            page.evaluate(source());
        }
        return (List<String>) page.evaluate(RULES, seen);
    }

    private static String source() {
        try {
            return Files.readString(Repository.root().resolve("console/node_modules/axe-core/axe.min.js"));
        } catch (IOException e) {
            throw new UncheckedIOException("axe-core is not there; console/build.sh installs it", e);
        }
    }
}
