package dev.jarvis.platform.http;

import dev.jarvis.platform.identity.Credential;
import dev.jarvis.platform.identity.Identities;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.IdentityCheck;
import dev.jarvis.platform.identity.Role;
import dev.jarvis.platform.postgres.DatabaseFaults;
import dev.jarvis.platform.vault.Vault;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * The bridge from the event loop to blocking endpoints: reads the body, finds out who calls, checks the access that the
 * route declares, and runs the endpoint on a virtual thread. What an endpoint throws is turned into an answer here and
 * nowhere else.
 */
public final class BlockingEndpoints implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(BlockingEndpoints.class);

    /** The most a management request needs; imports that need more say so. */
    private static final long BODY_LIMIT = 1024 * 1024;

    /** @param mediaType of the body that it takes; {@code null}: JSON */
    private record Registration(
            HttpMethod method,
            String template,
            Access access,
            long bodyLimit,
            @Nullable String mediaType,
            Endpoint endpoint) {}

    private final Identities identities;
    private final Refusals refusals;
    private final ExecutorService executor;
    private final List<Registration> registrations = new ArrayList<>();

    /** @param executor of virtual threads; closed by its owner */
    public BlockingEndpoints(Identities identities, Refusals refusals, ExecutorService executor) {
        this.identities = identities;
        this.refusals = refusals;
        this.executor = executor;
    }

    /** Registers a route. All of them before the server opens. */
    public BlockingEndpoints add(HttpMethod method, String template, Access access, Endpoint endpoint) {
        return add(method, template, access, BODY_LIMIT, endpoint);
    }

    /** Registers a route that takes larger bodies, in bytes. */
    public BlockingEndpoints add(HttpMethod method, String template, Access access, long bodyLimit, Endpoint endpoint) {
        registrations.add(new Registration(method, template, access, bodyLimit, null, endpoint));
        return this;
    }

    /**
     * Registers a route that takes a file.
     *
     * @param mediaType of the file, without parameters: {@code text/csv}
     * @param bodyLimit in bytes
     */
    public BlockingEndpoints addUpload(
            HttpMethod method, String template, Access access, String mediaType, long bodyLimit, Endpoint endpoint) {
        registrations.add(new Registration(method, template, access, bodyLimit, mediaType, endpoint));
        return this;
    }

    @Override
    public void addTo(RouteTable.Builder table, Vertx vertx) {
        for (Registration registration : registrations) {
            table.add(
                    registration.method(),
                    registration.template(),
                    (request, scope) -> accept(registration, request, scope, vertx.getOrCreateContext()));
        }
    }

    private void accept(Registration registration, HttpServerRequest request, RequestScope scope, Context loop) {
        Credential credential = Credentials.of(request.headers());
        if (registration.access() != Access.PUBLIC && isNobodys(credential)) {
            Answers.refuse(
                    request, scope.requestId(), IdentityRefusals.nobody(credential)); // and no body is waited for
            return;
        }
        BodyReader.read(request, registration.bodyLimit())
                .onFailure(failure -> Answers.refuse(request, scope.requestId(), refusalOf(failure, scope.requestId())))
                .onSuccess(body ->
                        answer(request, scope, loop, executor, () -> run(registration, call(request, scope, body))));
    }

    /** What a request is answered with, made on a virtual thread. */
    @FunctionalInterface
    public interface Answer {
        /** @throws Refusal to refuse the request; anything else becomes a 500 that says nothing of the inside */
        Reply make() throws Exception;
    }

    /** Answers a request whose body was read and whose caller is known, as the endpoints here do. */
    public static void answer(
            HttpServerRequest request, RequestScope scope, Context loop, Executor executor, Answer answer) {
        executor.execute(() -> {
            MDC.put("request_id", scope.requestId());
            try {
                Reply reply = answer.make();
                if (reply.streamed().isPresent() && !request.method().equals(HttpMethod.HEAD)) {
                    stream(request, reply, reply.streamed().get(), loop);
                } else {
                    loop.runOnContext(written -> Answers.reply(request, reply));
                }
            } catch (Throwable failure) {
                Refusal refusal = refusalOf(failure, scope.requestId());
                loop.runOnContext(written -> Answers.refuse(request, scope.requestId(), refusal));
            } finally {
                MDC.remove("request_id");
            }
        });
    }

    private static void stream(HttpServerRequest request, Reply reply, StreamedBody body, Context loop) {
        AnswerStream stream = new AnswerStream(request, reply, loop);
        try {
            body.writeTo(stream);
            stream.close();
        } catch (IOException gone) {
            LOG.debug("A client left a streamed answer", gone);
            stream.cut();
        } catch (RuntimeException failure) {
            if (!stream.hasBegun()) {
                throw failure;
            }
            LOG.error("A streamed answer failed and was cut", failure);
            stream.cut();
        }
    }

    private Reply run(Registration registration, Call call) throws Exception {
        if (registration.mediaType() == null) {
            requireJson(call);
        }
        if (registration.access() == Access.PUBLIC) {
            return registration.endpoint().handle(call);
        }
        Call identified = identify(call);
        try {
            if (registration.access() == Access.ADMIN && identified.caller().role() != Role.ADMIN) {
                throw Refusal.forbidden("admin_required", "This needs an administrator.");
            }
            requireFile(registration, identified);
            return registration.endpoint().handle(identified);
        } catch (Refusal refusal) {
            if (refusal.status() == 403) {
                refusals.refused(identified, refusal);
            }
            throw refusal;
        }
    }

    private Call identify(Call call) {
        Credential credential = Credentials.of(call.headers());
        Identity identity = IdentityRefusals.admit(credential, check(credential));
        return new Call(
                call.requestId(),
                call.method(),
                call.path(),
                call.pathParameters(),
                call.query(),
                call.headers(),
                call.body(),
                Optional.of(identity),
                call.remoteAddress());
    }

    private static boolean isNobodys(Credential credential) {
        return credential instanceof Credential.Missing || credential instanceof Credential.Malformed;
    }

    private IdentityCheck check(Credential credential) {
        return switch (credential) {
            case Credential.Missing ignored -> new IdentityCheck.Unknown();
            case Credential.Malformed ignored -> new IdentityCheck.Unknown();
            case Credential.AccessToken token -> identities.check(token);
            case Credential.CallerKey key -> identities.check(key);
        };
    }

    private static void requireFile(Registration registration, Call call) {
        String wanted = registration.mediaType();
        String type = call.headers().get("content-type");
        if (wanted != null && (type == null || !MediaTypes.is(type, wanted))) {
            throw MediaTypes.unsupported(wanted);
        }
    }

    private static void requireJson(Call call) {
        if (call.body().length == 0) {
            return;
        }
        String type = call.headers().get("content-type");
        if (type == null || !MediaTypes.isJson(type)) {
            throw MediaTypes.unsupported();
        }
    }

    private static Call call(HttpServerRequest request, RequestScope scope, byte[] body) {
        MultiMap query = QueryText.parameters(request.query());
        return new Call(
                scope.requestId(),
                request.method().name(),
                scope.path(),
                scope.pathParameters(),
                query,
                request.headers(),
                body,
                Optional.empty(),
                request.remoteAddress().hostAddress());
    }

    private static Refusal refusalOf(Throwable failure, String requestId) {
        return switch (failure) {
            case Refusal refusal -> refusal;
            case Vault.SealedException sealed ->
                Refusal.unavailable("sealed", "The server has no usable master key and serves no call.");
            case JdbiException away
            when DatabaseFaults.isAway(away) ->
                Refusal.unavailable("database_unavailable", "The database cannot be reached. Try again shortly.");
            default -> {
                LOG.atError()
                        .addKeyValue("request_id", requestId)
                        .setCause(failure)
                        .log("An endpoint failed");
                yield Refusal.fault();
            }
        };
    }
}
