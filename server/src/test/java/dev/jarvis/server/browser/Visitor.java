package dev.jarvis.server.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Somebody with a browser of their own: cookies, storage and settings are shared with nobody. */
public final class Visitor implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;

    /** Pages so many times slower than the machine, by {@code -Djarvis.slow-pages=4}: what only a fast one shows. */
    private static final int SLOWNESS = Integer.getInteger("jarvis.slow-pages", 1);

    private final URI base;
    private final Look look;
    private final BrowserContext context;
    private final Faults faults;
    private final Page page;

    public Visitor(URI base, Look look) {
        this.base = base;
        this.look = look;
        this.faults = new Faults(base);
        this.context = Chromium.browser().newContext(look.options(base.toString()));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        faults.watch(context);
        this.page = context.newPage();
        if (SLOWNESS > 1) {
            JsonObject rate = new JsonObject();
            rate.addProperty("rate", SLOWNESS);
            context.newCDPSession(page).send("Emulation.setCPUThrottlingRate", rate);
        }
    }

    /** Playwright's page: locators by role and by the text that a person reads. */
    public Page page() {
        return page;
    }

    public BrowserContext context() {
        return context;
    }

    /** Logs in without the form; the next page that is opened belongs to the user. */
    public Visitor logIn(String username, String password) {
        APIResponse answer = context.request()
                .post(
                        "/api/v1/auth/login",
                        RequestOptions.create()
                                .setHeader("origin", base.toString())
                                .setData(Map.of("username", username, "password", password, "session", "cookie")));
        if (answer.status() != 200) {
            throw new AssertionError("no login as " + username + ": " + answer.text());
        }
        return this;
    }

    /** Opens a page by its path, and waits until something is shown. */
    public Page open(String path) {
        page.navigate(path);
        page.locator("#root > *").first().waitFor();
        return page;
    }

    /** Goes to a page within the console, as by a link, and waits until the page before has made room for it. */
    public void go(String path) {
        page.evaluate("""
                path => {
                    document.querySelector('h1')?.setAttribute('data-before', '');
                    history.pushState({}, '', path);
                }
                """, path);
        page.locator("h1:not([data-before])").first().waitFor();
    }

    /** From now on answers with this status are no faults: the test provokes them. */
    public Visitor expects(int status) {
        faults.expect(status);
        return this;
    }

    /** A picture for people who ask for them with {@code -Djarvis.screenshots=true}: they take a second of both cores each. */
    public void screenshot(String name) {
        if (Boolean.getBoolean("jarvis.screenshots")) {
            photograph(name);
        }
    }

    /** A picture in any case: {@code target/screenshots/<name>-<look>.png}. */
    void photograph(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "screenshots", name + "-" + look + ".png")));
    }

    /** What went wrong in the pages so far. */
    public List<String> faults() {
        return faults.seen();
    }

    @Override
    public void close() {
        context.close();
    }
}
