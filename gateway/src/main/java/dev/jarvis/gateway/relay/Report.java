package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.meter.Outcome;
import dev.jarvis.platform.vault.Secret;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

import java.util.Optional;
import java.util.UUID;

/** Tells what became of a request: one log line and the metrics. */
final class Report {
    private static final Logger LOG = LoggerFactory.getLogger("dev.jarvis.gateway.request");

    private final Admission admission;
    private final Measures measures;
    private final String model;
    private final String provider;
    private int status;
    private String errorCode = "";
    private @Nullable Attempt last;
    private @Nullable Outcome outcome;

    Report(Admission admission, Measures measures) {
        this.admission = admission;
        this.measures = measures;
        this.model = admission.model().modelId();
        this.provider = admission.model().deployment().provider();
    }

    void begin() {
        if (admission.chat().isStream()) {
            measures.streamBegan();
        }
    }

    void status(int answered) {
        status = answered;
    }

    void failed(int answered, String code) {
        status = answered;
        errorCode = code;
    }

    void attemptEnded(Attempt attempt, Outcome ended) {
        last = attempt;
        outcome = ended;
        measures.attempt(model, provider, ended);
        attempt.usage().ifPresent(usage -> measures.usage(model, provider, usage));
        if (ended == Outcome.COMPLETED && attempt.usage().isEmpty()) {
            measures.usageMissing(model, provider, attempt.sawImplausibleUsage() ? "implausible" : "absent");
        }
        if (attempt.malformedEvents() > 0) {
            measures.malformedEvents(model, provider, attempt.malformedEvents());
        }
        attempt.firstContentMillis().ifPresent(millis -> measures.firstContent(model, provider, millis));
    }

    void end(int attempts) {
        long nanos = System.nanoTime() - admission.scope().startedNanos();
        measures.request(model, provider, errorCode, nanos);
        if (admission.chat().isStream()) {
            measures.streamEnded();
        }
        if (LOG.isInfoEnabled()) {
            log(attempts, nanos / 1_000_000);
        }
    }

    private void log(int attempts, long millis) {
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("request_id", admission.scope().requestId())
                .addKeyValue("user_id", admission.caller().userId())
                .addKeyValue(
                        "caller_key_id",
                        admission.caller().callerKeyId().map(UUID::toString).orElse(""))
                .addKeyValue("model", model)
                .addKeyValue("provider", provider)
                .addKeyValue("streamed", admission.chat().isStream())
                .addKeyValue("status", status)
                .addKeyValue("attempts", attempts)
                .addKeyValue("ms", millis);
        if (!errorCode.isEmpty()) {
            line = line.addKeyValue("error", errorCode);
        }
        if (outcome != null) {
            line = line.addKeyValue("outcome", outcome.code());
        }
        if (last != null) {
            Optional<TokenUsage> usage = last.usage();
            line = line.addKeyValue(
                            "key_hint",
                            last.key()
                                    .map(ProviderKey::secret)
                                    .map(Secret::hint)
                                    .orElse(""))
                    .addKeyValue("tokens", usage.map(TokenUsage::total).orElse(-1L))
                    .addKeyValue("first_content_ms", last.firstContentMillis().orElse(-1));
        }
        line.log("chat");
    }
}
