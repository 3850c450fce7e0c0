package dev.jarvis.server.browser;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a browser that was never here needs before it paints a page, over a line on which every answer takes
 * {@value #ROUND_TRIP_MILLIS} ms. Bytes, requests and their chain do not depend on how fast the machine is; the times do.
 *
 * @param first ms until something is painted
 * @param largest ms until the largest thing of the page is painted
 */
record FirstPaint(double first, double largest, List<Fetched> fetched) {
    /** Longer than what a script takes to ask for all that it needs, so that requests of one step overlap. */
    private static final int ROUND_TRIP_MILLIS = 300;

    private static final int BYTES_A_SECOND = 1_250_000;

    /** A request, in ms since the page was asked for. */
    record Fetched(String name, double start, double end, long bytes) {}

    private static final String MEASURE = """
            () => new Promise((resolve) => {
                new PerformanceObserver((list) => {
                    const [page] = performance.getEntriesByType('navigation');
                    const fetched = [page, ...performance.getEntriesByType('resource')];
                    resolve(JSON.stringify({
                        first: performance.getEntriesByName('first-contentful-paint')[0].startTime,
                        largest: list.getEntries().at(-1).startTime,
                        fetched: fetched.map(({ name, startTime, responseEnd, transferSize }) =>
                            ({ name, start: startTime, end: responseEnd, bytes: transferSize })),
                    }));
                }).observe({ type: 'largest-contentful-paint', buffered: true });
            })
            """;

    /** Opens a page and waits until it shows what is there when all of it has come. */
    static FirstPaint of(Visitor visitor, String path, String shown) {
        Page page = visitor.page();
        CDPSession browser = visitor.context().newCDPSession(page);
        browser.send("Network.enable");
        JsonObject line = new JsonObject();
        line.addProperty("offline", false);
        line.addProperty("latency", ROUND_TRIP_MILLIS);
        line.addProperty("downloadThroughput", BYTES_A_SECOND);
        line.addProperty("uploadThroughput", BYTES_A_SECOND);
        browser.send("Network.emulateNetworkConditions", line);
        visitor.open(path);
        page.locator(shown).first().waitFor();
        return new Gson().fromJson(page.evaluate(MEASURE).toString(), FirstPaint.class);
    }

    /** What was asked for before the paint, but for the icon of the window, which no page waits for. */
    List<Fetched> before(double paint) {
        return fetched.stream()
                .filter(one -> one.start() < paint && !one.name().endsWith("/favicon.svg"))
                .toList();
    }

    long kilobytesBefore(double paint) {
        return before(paint).stream().mapToLong(Fetched::bytes).sum() / 1000;
    }

    /** The most requests of which each began when the one before had ended. */
    int chainBefore(double paint) {
        List<Fetched> byEnd = before(paint).stream()
                .sorted(Comparator.comparingDouble(Fetched::end))
                .toList();
        int length = 0;
        double ended = Double.NEGATIVE_INFINITY;
        for (Fetched one : byEnd) {
            if (one.start() >= ended) {
                length++;
                ended = one.end();
            }
        }
        return length;
    }

    /** A line of a table in Markdown. */
    String line(String page) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %d | %d | %d | %.0f | %d | %d | %d |%n",
                page,
                first,
                kilobytesBefore(first),
                before(first).size(),
                chainBefore(first),
                largest,
                kilobytesBefore(largest),
                before(largest).size(),
                chainBefore(largest));
    }
}
