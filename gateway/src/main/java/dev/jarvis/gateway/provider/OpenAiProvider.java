package dev.jarvis.gateway.provider;

import dev.jarvis.gateway.catalog.AuthScheme;
import dev.jarvis.gateway.catalog.Deployment;
import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.openai.ChatRequest;
import dev.jarvis.gateway.upstream.UpstreamRequest;
import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.internal.buffer.BufferInternal;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Addresses chat requests to providers that speak OpenAI's dialect. Of the client's headers only the trace goes on. */
public final class OpenAiProvider {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence EVENT_STREAM = HttpHeaders.createOptimized("text/event-stream");
    private static final CharSequence IDENTITY = HttpHeaders.createOptimized("identity");
    private static final CharSequence USER_AGENT = HttpHeaders.createOptimized("jarvis/0.1");
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
    private static final CharSequence TRACE_PARENT = HttpHeaders.createOptimized("traceparent");
    private static final String CHAT_PATH = "/chat/completions";
    private static final String MODELS_PATH = "/models";

    private OpenAiProvider() {}

    /**
     * A chat request.
     *
     * @param body slices of the client's body and small pieces between them
     * @param attemptId goes along as {@code x-request-id}, so that a provider's log can be matched with ours
     * @param traceParent W3C trace context of the client, where it sent one
     * @param turn which attempt of the request this is, from 0
     * @throws IllegalArgumentException if the key cannot be a header value; the message does not hold it
     */
    public static UpstreamRequest chat(
            Deployment deployment,
            Optional<ProviderKey> key,
            List<Slice> body,
            boolean streamed,
            UUID attemptId,
            Optional<String> traceParent,
            int turn) {
        MultiMap headers = HttpHeaders.headers()
                .set(HttpHeaders.CONTENT_TYPE, JSON)
                .set(HttpHeaders.ACCEPT, streamed ? EVENT_STREAM : JSON)
                .set(HttpHeaders.ACCEPT_ENCODING, IDENTITY)
                .set(HttpHeaders.USER_AGENT, USER_AGENT)
                .set(REQUEST_ID, attemptId.toString());
        traceParent.ifPresent(trace -> headers.set(TRACE_PARENT, trace));
        String target = deployment.baseUrl().getRawPath() + CHAT_PATH;
        if (key.isPresent()) {
            target = authorise(deployment.auth(), key.get(), headers, target);
        }
        return new UpstreamRequest(
                HttpMethod.POST, deployment.baseUrl(), target, deployment.builtIn(), headers, buffers(body), turn);
    }

    /**
     * A request for the list of what the provider serves.
     *
     * @param baseUrl without a trailing slash
     * @throws IllegalArgumentException if the key cannot be a header value; the message does not hold it
     */
    public static UpstreamRequest models(URI baseUrl, AuthScheme auth, Optional<ProviderKey> key, boolean builtIn) {
        MultiMap headers = HttpHeaders.headers()
                .set(HttpHeaders.ACCEPT, JSON)
                .set(HttpHeaders.ACCEPT_ENCODING, IDENTITY)
                .set(HttpHeaders.USER_AGENT, USER_AGENT);
        String target = baseUrl.getRawPath() + MODELS_PATH;
        if (key.isPresent()) {
            target = authorise(auth, key.get(), headers, target);
        }
        return new UpstreamRequest(HttpMethod.GET, baseUrl, target, builtIn, headers, List.of(), 0);
    }

    /**
     * What a deployment's requests are to say. OpenAI and Azure call the limit {@code max_completion_tokens}, the only one
     * that their reasoning models take; the many others that speak their dialect know the older {@code max_tokens}.
     *
     * @param cap to write where the client names no limit
     */
    public static ChatRequest.Wanted wanted(Deployment deployment, OptionalLong cap) {
        String provider = deployment.provider().toLowerCase(Locale.ROOT);
        boolean isOpenAi = provider.equals("openai") || provider.equals("azure") || provider.startsWith("azure-");
        return new ChatRequest.Wanted(
                deployment.upstreamModel(),
                cap,
                isOpenAi ? ChatRequest.CapName.MAX_COMPLETION_TOKENS : ChatRequest.CapName.MAX_TOKENS);
    }

    private static String authorise(AuthScheme scheme, ProviderKey key, MultiMap headers, String target) {
        String secret = key.secret().reveal();
        if (!isHeaderText(secret)) {
            throw new IllegalArgumentException("the key has characters that a header cannot hold");
        }
        switch (scheme) {
            case AuthScheme.Bearer ignored -> headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + secret);
            case AuthScheme.Header header -> headers.set(header.name(), secret);
            case AuthScheme.Query query -> {
                return target + "?" + query.name() + "=" + URLEncoder.encode(secret, StandardCharsets.UTF_8);
            }
            case AuthScheme.None ignored -> {}
        }
        return target;
    }

    private static boolean isHeaderText(String secret) {
        return secret.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    private static List<Buffer> buffers(List<Slice> slices) {
        List<Slice> joined = Slice.joined(slices);
        List<Buffer> buffers = new ArrayList<>(joined.size());
        for (Slice slice : joined) {
            buffers.add(buffer(slice));
        }
        return buffers;
    }

    private static Buffer buffer(Slice slice) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(slice.array(), slice.offset(), slice.length()));
    }
}
