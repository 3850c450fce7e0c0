package dev.jarvis.control.webhook;

import dev.jarvis.platform.vault.Secret;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Signatures as Standard Webhooks 1.0 has them (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md):
 * {@code v1,} and the base64 of HMAC-SHA256 over {@code id.timestamp.body}. The key is what follows {@code whsec_}, decoded.
 */
final class SigningSecret {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    /** The specification wants 24 to 64. Bytes. */
    private static final int LENGTH = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private SigningSecret() {}

    static Secret generate() {
        byte[] key = new byte[LENGTH];
        RANDOM.nextBytes(key);
        return new Secret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /**
     * @param timestamp seconds since 1970
     * @return for the header {@code webhook-signature}
     */
    static String sign(Secret secret, String id, long timestamp, byte[] body) {
        byte[] key = Base64.getDecoder().decode(secret.reveal().substring(PREFIX.length()));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
