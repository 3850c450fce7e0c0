package dev.jarvis.server;

import dev.jarvis.platform.http.Answers;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.RouteTable;
import dev.jarvis.platform.http.Routes;
import io.vertx.core.Vertx;

/** What a server without a usable master key answers to every call but health. */
record SealedAnswer() implements Routes {
    @Override
    public void addTo(RouteTable.Builder table, Vertx vertx) {
        table.otherwise((request, scope) -> Answers.refuse(
                request,
                scope.requestId(),
                Refusal.unavailable(
                        "sealed",
                        "The server has no usable master key and serves no call. Its log and /health/ready say why.")));
    }
}
