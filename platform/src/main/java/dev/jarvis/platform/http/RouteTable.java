package dev.jarvis.platform.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The routes of a server. A path is matched exactly as it was sent: what is percent-encoded, doubled or relative in it
 * matches nothing. Fixed paths are one map look-up, so the data plane pays nothing for the control plane's templates.
 */
public final class RouteTable {
    /**
     * @param template a path, in which {@code {name}} stands for one non-empty segment, and {@code {+name}} at its end for all
     *     that is left, slashes too
     */
    public record Route(HttpMethod method, String template, RequestHandler handler) {}

    /** What may answer a request whose path no route has. */
    @FunctionalInterface
    public interface Pages {
        /** @return empty if there is no such page either */
        Optional<RequestHandler> find(HttpServerRequest request, String path);
    }

    /** What a request's path leads to. */
    public sealed interface Match {
        record Found(Route route, Map<String, String> pathParameters) implements Match {}

        /** The path is known with other methods. */
        record OtherMethods(List<HttpMethod> allowed) implements Match {}

        record NotFound() implements Match {}
    }

    private static final String REST = "{+";
    private static final String VERSION = "/v1";

    private final Map<String, Map<HttpMethod, Route>> fixed;
    private final List<Template> templates;
    private final List<Route> routes;
    private final Map<String, RequestHandler> under;
    private final Pages pages;
    private final @Nullable RequestHandler everythingElse;

    private record Template(List<String> parts, Map<HttpMethod, Route> byMethod) {
        boolean takesTheRest() {
            return parts.getLast().startsWith(REST);
        }
    }

    private RouteTable(
            List<Route> routes,
            Map<String, RequestHandler> under,
            Pages pages,
            @Nullable RequestHandler everythingElse) {
        this.routes = List.copyOf(routes);
        this.under = Map.copyOf(under);
        this.pages = pages;
        this.everythingElse = everythingElse;
        this.fixed = new HashMap<>();
        Map<String, Template> byTemplate = new LinkedHashMap<>();
        for (Route route : routes) {
            Map<HttpMethod, Route> byMethod = route.template().contains("{")
                    ? byTemplate
                            .computeIfAbsent(
                                    route.template(),
                                    path -> new Template(List.of(path.split("/", -1)), new LinkedHashMap<>()))
                            .byMethod()
                    : fixed.computeIfAbsent(route.template(), path -> new LinkedHashMap<>());
            if (byMethod.put(route.method(), route) != null) {
                throw new IllegalArgumentException("two routes for " + route.method() + " " + route.template());
            }
        }
        this.templates = List.copyOf(byTemplate.values());
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Every route, in the order of registration. */
    public List<Route> routes() {
        return routes;
    }

    public Match match(HttpServerRequest request, String path) {
        Match match = matchRoutes(request.method(), path);
        if (match instanceof Match.NotFound) {
            Optional<RequestHandler> elsewhere = elsewhere(path);
            if (elsewhere.isPresent()) {
                return found(request, path, elsewhere.get());
            }
            Optional<RequestHandler> page = pages.find(request, path);
            if (page.isPresent()) {
                return found(request, path, page.get());
            }
        }
        return everythingElse == null || match instanceof Match.Found ? match : found(request, path, everythingElse);
    }

    /**
     * What a client asked for whose base URL is wrong: it has put too much or too little before a path of {@code /v1}, or
     * slashes too many. Only to be told: the path itself leads nowhere.
     */
    Optional<String> meant(String path) {
        String plain = path.replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
        return ofVersion().stream()
                .filter(known -> plain.endsWith(known.substring(VERSION.length())))
                .max(Comparator.comparingInt(String::length));
    }

    /** What there is of the API that a path asks for, in order; nothing if it asks for none that clients know by heart. */
    List<String> beside(String path) {
        return path.startsWith(VERSION + "/") ? ofVersion().stream().sorted().toList() : List.of();
    }

    private List<String> ofVersion() {
        return fixed.keySet().stream()
                .filter(known -> known.startsWith(VERSION + "/"))
                .toList();
    }

    private Optional<RequestHandler> elsewhere(String path) {
        return under.entrySet().stream()
                .filter(part -> path.equals(part.getKey()) || path.startsWith(part.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Match found(HttpServerRequest request, String path, RequestHandler handler) {
        return new Match.Found(new Route(request.method(), path, handler), Map.of());
    }

    private Match matchRoutes(HttpMethod method, String path) {
        Map<HttpMethod, Route> exact = fixed.get(path);
        if (exact != null) {
            return choose(exact, method, Map.of());
        }
        List<String> parts = List.of(path.split("/", -1));
        for (Template template : templates) {
            Map<String, String> parameters = new HashMap<>();
            if (fits(template, parts, parameters)) {
                return choose(template.byMethod(), method, parameters);
            }
        }
        return new Match.NotFound();
    }

    /** Whoever answers GET answers HEAD, with the head alone (RFC 9110 §9.3.2). */
    private static Match choose(Map<HttpMethod, Route> byMethod, HttpMethod method, Map<String, String> parameters) {
        Route route = byMethod.get(method);
        if (route == null && method.equals(HttpMethod.HEAD)) {
            route = byMethod.get(HttpMethod.GET);
        }
        return route == null ? new Match.OtherMethods(allowed(byMethod)) : new Match.Found(route, parameters);
    }

    private static List<HttpMethod> allowed(Map<HttpMethod, Route> byMethod) {
        Set<HttpMethod> allowed = new LinkedHashSet<>(byMethod.keySet());
        if (allowed.contains(HttpMethod.GET)) {
            allowed.add(HttpMethod.HEAD);
        }
        return List.copyOf(allowed);
    }

    private static boolean fits(Template template, List<String> parts, Map<String, String> parameters) {
        int size = template.parts().size();
        if (template.takesTheRest() ? parts.size() < size : parts.size() != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            String wanted = template.parts().get(i);
            boolean rest = i == size - 1 && template.takesTheRest();
            String given = rest ? String.join("/", parts.subList(i, parts.size())) : parts.get(i);
            if (wanted.startsWith("{")) {
                if (given.isEmpty()) {
                    return false;
                }
                parameters.put(wanted.substring(rest ? REST.length() : 1, wanted.length() - 1), given);
            } else if (!wanted.equals(given)) {
                return false;
            }
        }
        return true;
    }

    /** Collects routes. */
    public static final class Builder {
        private final List<Route> routes = new ArrayList<>();
        private final Map<String, RequestHandler> under = new HashMap<>();
        private Pages pages = (request, path) -> Optional.empty();
        private @Nullable RequestHandler everythingElse;

        public Builder add(HttpMethod method, String template, RequestHandler handler) {
            routes.add(new Route(method, template, handler));
            return this;
        }

        /** What answers a path, and everything below it, that no route has: another server's routes. */
        public Builder under(String path, RequestHandler handler) {
            under.put(path, handler);
            return this;
        }

        /** What is asked about a path that no route has. Pages are no routes: {@link RouteTable#routes()} lists none. */
        public Builder pages(Pages found) {
            pages = found;
            return this;
        }

        /** What answers every request that no route and no page is for, instead of 404 and 405. */
        public Builder otherwise(RequestHandler handler) {
            everythingElse = handler;
            return this;
        }

        /** @throws IllegalArgumentException if two routes have the same method and path */
        public RouteTable build() {
            return new RouteTable(routes, under, pages, everythingElse);
        }
    }
}
