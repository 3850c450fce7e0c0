package dev.jarvis.gateway.idempotency;

import dev.jarvis.platform.http.Refusal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A caller's key of one request, as in draft-ietf-httpapi-idempotency-key-header. Only its hash is stored; the answer is
 * sealed with the key itself, so that what is kept can be read by nobody but who sends the key again.
 *
 * @param caller the caller key, or the user of a login: keys of different callers have nothing to do with each other
 */
record IdempotencyKey(UUID caller, String value) {
    static final String HEADER = "idempotency-key";
    private static final int LONGEST = 255;

    /** @throws Refusal 400 if it is given twice, empty, too long or not visible ASCII */
    static Optional<IdempotencyKey> read(UUID caller, List<String> headers) {
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        String value = headers.getFirst();
        if (headers.size() > 1
                || value.isEmpty()
                || value.length() > LONGEST
                || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw Refusal.badRequest(
                    "invalid_idempotency_key",
                    "'Idempotency-Key' must be given once, with 1 to " + LONGEST + " visible ASCII characters.",
                    null);
        }
        return Optional.of(new IdempotencyKey(caller, value));
    }

    byte[] hash() {
        return sha256("jarvis idempotency key", value.getBytes(StandardCharsets.US_ASCII));
    }

    SealedBody seal() {
        return new SealedBody(sha256("jarvis idempotency answer", value.getBytes(StandardCharsets.US_ASCII)));
    }

    static byte[] sha256(String purpose, byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(purpose.getBytes(StandardCharsets.US_ASCII));
            digest.update((byte) 0);
            return digest.digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "IdempotencyKey[" + caller + "]";
    }
}
