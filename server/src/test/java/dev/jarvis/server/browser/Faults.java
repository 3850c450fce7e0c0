package dev.jarvis.server.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What went wrong in a visitor's pages without anybody looking: errors on the browser's console, exceptions, violations of
 * the Content-Security-Policy, requests to other hosts than ours.
 */
final class Faults {
    private static final Pattern STATUS = Pattern.compile("Failed to load resource: .* status of (\\d+)");
    private static final String TELL_VIOLATIONS = """
            document.addEventListener('securitypolicyviolation', (event) =>
                console.error(`CSP violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile} ${event.sample}`));
            """;

    private final URI ours;
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Set<Integer> expectedStatuses = new HashSet<>();

    Faults(URI ours) {
        this.ours = ours;
    }

    void watch(BrowserContext context) {
        context.addInitScript(TELL_VIOLATIONS);
        context.onPage(this::watch);
        context.onRequest(this::check);
    }

    void expect(int status) {
        expectedStatuses.add(status);
    }

    List<String> seen() {
        return List.copyOf(seen);
    }

    private void watch(Page page) {
        page.onConsoleMessage(this::check);
        page.onPageError(error -> seen.add("exception: " + error));
        page.onCrash(crashed -> seen.add("the page crashed"));
    }

    private void check(ConsoleMessage message) {
        if (message.type().equals("error") && !isExpected(message)) {
            seen.add("console: " + message.text() + " at " + message.location());
        }
    }

    private boolean isExpected(ConsoleMessage message) {
        Matcher failed = STATUS.matcher(message.text());
        if (!failed.find()) {
            return false;
        }
        int status = Integer.parseInt(failed.group(1));
        // Whoever is not logged in is asked for the cookie first.
        boolean isNobody = status == 401 && message.location().contains("/api/v1/auth/refresh");
        return isNobody || expectedStatuses.contains(status);
    }

    private void check(Request request) {
        URI url = URI.create(request.url().replaceFirst("[?#].*", ""));
        boolean leaves = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (leaves && !(ours.getAuthority().equals(url.getAuthority()))) {
            seen.add("request to another host: " + request.url());
        }
    }
}
