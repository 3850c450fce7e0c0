package dev.jarvis.server.console;

import dev.jarvis.platform.http.Answers;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.RequestHandler;
import dev.jarvis.platform.http.RouteTable;
import dev.jarvis.platform.http.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The web console at {@code /}. A path is looked up exactly as it was sent, in a map of the files there are, so no
 * spelling of a path leads to another file. Paths of the console's own pages ({@code /models/42}) exist in the browser
 * only: whoever asks for one as a page gets {@code index.html}.
 */
public final class Console implements Routes {
    private static final List<String> READ = List.of("GET", "HEAD");

    private final Map<String, StaticFile> files;
    private final Page page;

    private Console(Map<String, StaticFile> files, Page page) {
        this.files = files;
        this.page = page;
    }

    /** The console of the class path; where it has none, a page that says so. */
    public static Console onClassPath() {
        return of(ConsoleFiles.onClassPath(Console.class.getClassLoader()));
    }

    static Console of(ConsoleFiles files) {
        return new Console(
                files.assets(), files.index().<Page>map(IndexPage::new).orElseGet(MissingPage::new));
    }

    @Override
    public void addTo(RouteTable.Builder table, Vertx vertx) {
        table.pages(this::find);
    }

    private Optional<RequestHandler> find(HttpServerRequest request, String path) {
        StaticFile file = files.get(path);
        boolean isIndex = path.equals("/") || path.equals("/index.html");
        if (file == null && !isIndex) {
            return isRead(request) && PagePath.isPage(path) && Accepts.html(request.getHeader("accept"))
                    ? Optional.of((asking, scope) -> page.send(asking))
                    : Optional.empty();
        }
        if (!isRead(request)) {
            return Optional.of((asking, scope) -> Answers.refuse(asking, scope.requestId(), notAllowed(asking)));
        }
        return Optional.of((asking, scope) -> {
            if (file == null) {
                page.send(asking);
            } else {
                file.send(asking);
            }
        });
    }

    private static boolean isRead(HttpServerRequest request) {
        return READ.contains(request.method().name());
    }

    private static Refusal notAllowed(HttpServerRequest request) {
        HttpMethod method = request.method();
        return new Refusal(
                405,
                "invalid_request_error",
                "method_not_allowed",
                method.name() + " is not allowed here; use GET, HEAD.",
                null,
                Map.of("allow", "GET, HEAD"));
    }
}
