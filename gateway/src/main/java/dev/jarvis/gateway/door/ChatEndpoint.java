package dev.jarvis.gateway.door;

import dev.jarvis.gateway.body.BodyLog;
import dev.jarvis.gateway.catalog.Catalog;
import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.dialect.openai.ChatRequest;
import dev.jarvis.gateway.idempotency.Begun;
import dev.jarvis.gateway.idempotency.Idempotency;
import dev.jarvis.gateway.idempotency.KeptAnswer;
import dev.jarvis.gateway.idempotency.Recording;
import dev.jarvis.gateway.limit.Decision;
import dev.jarvis.gateway.limit.Demand;
import dev.jarvis.gateway.limit.Limits;
import dev.jarvis.gateway.limit.Reservation;
import dev.jarvis.gateway.relay.Admission;
import dev.jarvis.gateway.relay.Failures;
import dev.jarvis.gateway.relay.Presence;
import dev.jarvis.gateway.relay.Relay;
import dev.jarvis.gateway.relay.RelayLoop;
import dev.jarvis.gateway.tokens.CountedInput;
import dev.jarvis.platform.http.Answers;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.ConnectionWatch;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.RequestHandler;
import dev.jarvis.platform.http.RequestScope;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.notice.Live;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** {@code POST /v1/chat/completions} and {@code POST /api/v1/llm/chat}: one door with two names. */
public final class ChatEndpoint implements RequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ChatEndpoint.class);
    private static final Pattern TRACE_PARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final Admittance admittance;
    private final Live<Catalog> catalog;
    private final Idempotency idempotency;
    private final Limits limits;
    private final BodyLog bodyLog;
    private final Relay relay;
    private final RelayLoop relayLoop;
    private final ChatBodies bodies;
    private final OtherModels others;
    private final Executor blocking;
    private final Context loop;

    /** For one event loop. */
    public ChatEndpoint(
            Admittance admittance,
            Live<Catalog> catalog,
            Idempotency idempotency,
            Limits limits,
            BodyLog bodyLog,
            Relay relay,
            RelayLoop relayLoop,
            int bodyLimit,
            Executor blocking,
            OtherModels others,
            Context loop) {
        this.admittance = admittance;
        this.catalog = catalog;
        this.idempotency = idempotency;
        this.limits = limits;
        this.bodyLog = bodyLog;
        this.relay = relay;
        this.relayLoop = relayLoop;
        this.bodies = new ChatBodies(bodyLimit, blocking);
        this.others = others;
        this.blocking = blocking;
        this.loop = loop;
    }

    @Override
    public void handle(HttpServerRequest request, RequestScope scope) {
        if (relay.isShuttingDown()) {
            Answers.refuse(request, scope.requestId(), Failures.stopping());
            return;
        }
        Presence.watch(request, loop);
        admittance.admit(
                request,
                scope,
                loop,
                caller -> bodies.read(request, loop)
                        .map(chat -> {
                            enter(request, scope, caller, chat); // what it throws is answered below
                            return chat;
                        })
                        .onFailure(failure -> refuse(request, scope, failure)));
    }

    private void enter(HttpServerRequest request, RequestScope scope, Identity caller, ChatRequest chat) {
        if (request.response().closed()) {
            return; // the client left while its request was being read: nothing was sent, nothing is owed
        }
        if (relay.isShuttingDown()) {
            Answers.refuse(request, scope.requestId(), Failures.stopping());
            return;
        }
        if (chat.model().startsWith(OtherModels.PREFIX) && caller.mayUse(chat.model())) {
            Call call = new Call(
                    scope.requestId(),
                    request.method().name(),
                    scope.path(),
                    Map.of(),
                    MultiMap.caseInsensitiveMultiMap(),
                    request.headers(),
                    chat.body().toBytes(),
                    Optional.of(caller),
                    request.remoteAddress().hostAddress());
            ConnectionWatch.of(request).hearNoMore(); // a run ends when its reader leaves
            BlockingEndpoints.answer(request, scope, loop, blocking, () -> others.answer(call, chat.model()));
            return;
        }
        Optional<Model> model = caller.mayUse(chat.model()) ? catalog.get().find(chat.model()) : Optional.empty();
        if (model.isEmpty()) {
            Answers.refuse(request, scope.requestId(), modelNotFound(chat.model()));
            return;
        }
        idempotency.begin(
                request.headers().getAll("idempotency-key"),
                caller.callerKeyId().orElse(caller.userId()),
                chat.body(),
                scope.requestId(),
                loop,
                begun -> {
                    switch (begun) {
                        case Begun.Fresh(Recording recording) ->
                            reserve(request, scope, caller, chat, model.get(), recording);
                        case Begun.Answered(KeptAnswer answer, Optional<String> first) -> again(request, answer, first);
                        case Begun.Refused(Refusal refusal) -> Answers.refuse(request, scope.requestId(), refusal);
                    }
                });
    }

    private void reserve(
            HttpServerRequest request,
            RequestScope scope,
            Identity caller,
            ChatRequest chat,
            Model model,
            Recording recording) {
        limits.reserve(demand(caller, chat, model), loop, decision -> {
            switch (decision) {
                case Decision.Reserved(Reservation reservation) ->
                    relay(new Admission(
                            request,
                            scope,
                            caller,
                            chat,
                            model,
                            traceParent(request),
                            reservation,
                            recording,
                            bodyLog.capture(caller, model, chat, scope.requestId())));
                case Decision.Refused(Refusal refusal) -> {
                    recording.failed();
                    Answers.refuse(request, scope.requestId(), refusal);
                }
            }
        });
    }

    /** Gives an answer that was given before; nothing is sent, counted or paid. */
    private static void again(HttpServerRequest request, KeptAnswer answer, Optional<String> first) {
        if (!request.response().closed()) {
            first.ifPresent(id -> request.response().putHeader("idempotent-request-id", id));
            request.response()
                    .setStatusCode(answer.status())
                    .putHeader("content-type", answer.contentType())
                    .putHeader("cache-control", "no-store")
                    .putHeader("idempotent-replayed", "true")
                    .end(Buffer.buffer(answer.body()));
        }
    }

    /** Again the questions of {@link #enter}: a reservation may have taken its time. */
    private void relay(Admission admission) {
        if (admission.request().response().closed()) {
            admission.reservation().end();
            admission.recording().failed();
        } else if (relay.isShuttingDown()) {
            admission.reservation().end();
            admission.recording().failed();
            Answers.refuse(admission.request(), admission.scope().requestId(), Failures.stopping());
        } else {
            relayLoop.relay(admission);
        }
    }

    private static Demand demand(Identity caller, ChatRequest chat, Model model) {
        long bytes = chat.rewrittenLength(model.deployment().upstreamModel());
        return new Demand(
                caller, model, bytes, chat.maxTokens(), chat.choices(), CountedInput.of(model, chat.body(), bytes));
    }

    private static void refuse(HttpServerRequest request, RequestScope scope, Throwable failure) {
        if (failure instanceof Refusal refusal) {
            Answers.refuse(request, scope.requestId(), refusal);
            return;
        }
        LOG.atError()
                .addKeyValue("request_id", scope.requestId())
                .setCause(failure)
                .log("A request could not be admitted");
        Answers.refuse(request, scope.requestId(), Refusal.fault());
    }

    /** The same for a model that does not exist and one that this caller may not use (P2). */
    static Refusal modelNotFound(String model) {
        String shown = model.length() > 100 ? model.substring(0, 100) + "…" : model;
        return new Refusal(
                404,
                "invalid_request_error",
                "model_not_found",
                "The model '" + shown + "' does not exist or you do not have access to it.",
                "model",
                Map.of());
    }

    private static Optional<String> traceParent(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("traceparent"))
                .filter(value -> TRACE_PARENT.matcher(value).matches());
    }
}
