package dev.jarvis.server.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with a scripted provider, and visitors with browsers. After each test no visitor's page may have had an error on
 * its console, broken the Content-Security-Policy or called another host; of a test that fails the pages are
 * photographed ({@code target/screenshots/failed-…}).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(BrowserTest.Photographs.class)
public abstract class BrowserTest {
    protected final ScriptedProvider provider = ScriptedProvider.start();
    protected final TestingServer server =
            configured(TestingServer.builder().withProvider(provider)).start();
    private final List<Visitor> visitors = new CopyOnWriteArrayList<>();

    /** What the server is started with; a test that needs other settings overrides it. */
    protected TestingServer.Builder configured(TestingServer.Builder builder) {
        return builder;
    }

    /** Somebody who is not logged in. */
    protected Visitor visitor(Look look) {
        Visitor visitor = new Visitor(server.base(), look);
        visitors.add(visitor);
        return visitor;
    }

    /** The administrator, logged in. */
    protected Visitor administrator(Look look) {
        return visitor(look).logIn(TestingServer.ADMIN_EMAIL, server.adminPassword());
    }

    /** Ticks a box, which must be ticked before the event is over: one that follows a task later goes back for the eye meanwhile. */
    protected static void tick(Locator box) {
        PlaywrightAssertions.assertThat(box).isEnabled();
        assertThat(box.evaluate("box => { box.click(); return box.checked; }"))
                .as("ticked at once")
                .isEqualTo(true);
        PlaywrightAssertions.assertThat(box).isChecked();
    }

    /**
     * Waits until somebody sees such a thing. Unlike {@code isVisible()} it bears that there are two for a moment, as of an
     * answer that was streamed and is shown as it was stored.
     */
    protected static void seen(Locator thing) {
        PlaywrightAssertions.assertThat(visible(thing).first()).isVisible();
    }

    /** The same with a patience of its own. */
    protected static void seen(Locator thing, int millis) {
        PlaywrightAssertions.assertThat(visible(thing).first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(millis));
    }

    /** Waits until nobody sees any such thing, one or several. */
    protected static void gone(Locator thing) {
        PlaywrightAssertions.assertThat(visible(thing)).hasCount(0);
    }

    private static Locator visible(Locator thing) {
        return thing.filter(new Locator.FilterOptions().setVisible(true));
    }

    /** What stands in a field, as soon as something of that form does. */
    protected static String valueOf(Locator field, String form) {
        PlaywrightAssertions.assertThat(field).hasValue(Pattern.compile(form));
        return field.inputValue();
    }

    @AfterEach
    void noPageHadAFault() {
        List<String> faults =
                visitors.stream().flatMap(visitor -> visitor.faults().stream()).toList();
        visitors.forEach(Visitor::close);
        visitors.clear();
        assertThat(faults).as("what the browser complained about").isEmpty();
    }

    @AfterAll
    void stop() {
        server.close();
        provider.close();
    }

    static final class Photographs implements AfterTestExecutionCallback {
        @Override
        public void afterTestExecution(ExtensionContext context) {
            if (context.getExecutionException().isPresent()) {
                BrowserTest test = (BrowserTest) context.getRequiredTestInstance();
                String name = "failed-" + context.getRequiredTestClass().getSimpleName() + "-"
                        + context.getRequiredTestMethod().getName();
                test.visitors.forEach(visitor -> visitor.photograph(name));
            }
        }
    }
}
