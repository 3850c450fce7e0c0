package dev.jarvis.gateway.body;

import dev.jarvis.platform.body.BodyCipher;
import dev.jarvis.platform.body.BodyKeys;
import dev.jarvis.platform.body.BodyPolicy;
import dev.jarvis.platform.id.Uuid7;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/** Masks, cuts, seals and stores bodies. */
final class BodyTable implements QueuedBodyLog.BodyStore {
    private static final String INSERT = """
            INSERT INTO llm_call_bodies (day, attempt_id, request_id, user_id, caller_key_id, model, policy, streamed,
                                         request, request_bytes, request_cut, answer, answer_bytes, answer_cut)
            VALUES (:day, :attempt, :requestId, :user, :key, :model, :policy, :streamed,
                    :request, :requestBytes, :requestCut, :answer, :answerBytes, :answerCut)
            ON CONFLICT (day, attempt_id) DO NOTHING
            """;

    private final Jdbi jdbi;
    private final BodyKeys keys;
    private final int most;

    /** @param most bytes of a body */
    BodyTable(Jdbi jdbi, BodyKeys keys, int most) {
        this.jdbi = jdbi;
        this.keys = keys;
        this.most = most;
    }

    @Override
    public void store(List<HeldBody> bodies) {
        Map<LocalDate, List<HeldBody>> byDay =
                bodies.stream().collect(Collectors.groupingBy(body -> Uuid7.day(attempt(body))));
        jdbi.useTransaction(handle -> byDay.forEach((day, ofDay) -> store(handle, day, ofDay)));
    }

    private void store(Handle handle, LocalDate day, List<HeldBody> bodies) {
        handle.execute("SELECT ensure_body_partition(?)", day);
        BodyCipher cipher = keys.make(handle, day);
        PreparedBatch batch = handle.prepareBatch(INSERT);
        for (HeldBody body : bodies) {
            UUID attempt = attempt(body);
            KeptText request = request(body);
            KeptText answer = answer(body);
            batch.bind("day", day)
                    .bind("attempt", attempt)
                    .bind("requestId", body.requestId)
                    .bind("user", body.caller.userId())
                    .bindByType("key", body.caller.callerKeyId().orElse(null), UUID.class)
                    .bind("model", body.model)
                    .bind("policy", body.policy.code())
                    .bind("streamed", body.streamed)
                    .bind("request", cipher.seal(request.text(), attempt, BodyCipher.Part.REQUEST))
                    .bind("requestBytes", (long) body.request.length())
                    .bind("requestCut", request.isCut())
                    .bind("answer", cipher.seal(answer.text(), attempt, BodyCipher.Part.ANSWER))
                    .bind("answerBytes", body.answerBytes())
                    .bind("answerCut", answer.isCut() || body.isCut())
                    .add();
        }
        batch.execute();
    }

    private KeptText request(HeldBody body) {
        return kept(body.policy, body.request.toBytes());
    }

    private KeptText answer(HeldBody body) {
        byte[] bytes = body.answer();
        return kept(body.policy, body.isStream() ? StreamedMessage.assemble(bytes) : bytes);
    }

    private KeptText kept(BodyPolicy policy, byte[] bytes) {
        return policy == BodyPolicy.MASKED ? MaskedJson.mask(bytes, most) : KeptText.cut(bytes, most);
    }

    private static UUID attempt(HeldBody body) {
        return Objects.requireNonNull(body.attempt);
    }
}
