package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.openai.ChatAnswer;
import dev.jarvis.gateway.dialect.openai.ProviderError;
import dev.jarvis.gateway.gateway.ProbeResult.Fault;
import dev.jarvis.gateway.provider.OpenAiVerdicts;
import dev.jarvis.gateway.provider.Redaction;
import dev.jarvis.gateway.upstream.Patience;
import dev.jarvis.gateway.upstream.UpstreamCall;
import dev.jarvis.gateway.upstream.UpstreamFailure;
import dev.jarvis.gateway.upstream.UpstreamListener;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.json.Json;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import tools.jackson.core.JacksonException;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Collects what comes back of one test call. */
final class ProbeListener implements UpstreamListener {
    private static final int MOST_BYTES = 1024 * 1024;
    private static final long TICK_MILLIS = 200;

    private final Optional<ProviderKey> key;
    private final OpenAiVerdicts verdicts;
    private final CompletableFuture<ProbeResult> result;
    private final long started = System.nanoTime();
    private final Buffer body = Buffer.buffer();
    private OptionalInt status = OptionalInt.empty();
    private MultiMap headers = HttpHeaders.headers();

    ProbeListener(Optional<ProviderKey> key, OpenAiVerdicts verdicts, CompletableFuture<ProbeResult> result) {
        this.key = key;
        this.verdicts = verdicts;
        this.result = result;
    }

    /** Lets the call's timers run until it is over. */
    void calls(UpstreamCall call, Patience patience, Context loop) {
        long most = patience.total().toMillis() / TICK_MILLIS + 1;
        tick(call, loop, most);
    }

    private void tick(UpstreamCall call, Context loop, long left) {
        if (call.isOver()) {
            return;
        }
        if (left == 0) {
            call.cancel();
            return;
        }
        call.tick(System.nanoTime());
        loop.owner().setTimer(TICK_MILLIS, due -> tick(call, loop, left - 1));
    }

    @Override
    public void answered(int answeredStatus, MultiMap answeredHeaders) {
        status = OptionalInt.of(answeredStatus);
        headers = answeredHeaders;
    }

    @Override
    public void data(Buffer part) {
        if (body.length() + part.length() <= MOST_BYTES) {
            body.appendBuffer(part);
        }
    }

    @Override
    public void ended() {
        byte[] bytes = body.getBytes();
        if (status.orElse(0) != 200) {
            Optional<ProviderError> error = ProviderError.read(Slice.of(bytes));
            Refusal refusal =
                    verdicts.ofStatus(status.orElse(0), headers, error).refusal();
            String said = error.map(ProviderError::message).orElse("");
            done(refusal.code(), said.isEmpty() ? refusal.message() : Redaction.of(said, key), Optional.empty());
            return;
        }
        ChatAnswer answer = ChatAnswer.read(Slice.of(bytes), 1, OptionalLong.empty());
        if (answer.error().isPresent()) {
            done("upstream_error", Redaction.of(answer.error().get().message(), key), Optional.of(answer));
        } else if (!answer.isJson()) {
            done("upstream_protocol_error", "The provider's answer is not JSON.", Optional.empty());
        } else {
            done("", Redaction.of(text(bytes), key), Optional.of(answer));
        }
    }

    @Override
    public void failed(UpstreamFailure failure) {
        done(failure.code(), failure.message(), Optional.empty());
    }

    /** @param code empty when it worked */
    private void done(String code, String text, Optional<ChatAnswer> answer) {
        result.complete(new ProbeResult(
                code.isEmpty(),
                status,
                (System.nanoTime() - started) / 1_000_000,
                answer.flatMap(ChatAnswer::servedModel),
                code.isEmpty() ? Optional.of(text) : Optional.empty(),
                answer.flatMap(ChatAnswer::usage),
                key.map(used -> used.secret().hint()),
                code.isEmpty() ? Optional.empty() : Optional.of(new Fault(code, text))));
    }

    private static String text(byte[] body) {
        try {
            return Json.MAPPER
                    .readTree(new String(body, StandardCharsets.UTF_8))
                    .path("choices")
                    .path(0)
                    .path("message")
                    .path("content")
                    .asString("");
        } catch (JacksonException e) {
            return "";
        }
    }
}
