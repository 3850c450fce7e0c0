package dev.jarvis.platform.identity;

import dev.jarvis.platform.vault.Secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A random credential of 256 bits that means nothing by itself: caller keys, refresh tokens, setup tokens. The database
 * holds its SHA-256 only. A plain hash is enough, because nobody can try 2²⁵⁶ values; a password needs Argon2.
 */
public final class OpaqueToken {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private OpaqueToken() {}

    /** A new one, base64url behind the prefix. */
    public static Secret generate(String prefix) {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** What is stored and looked up: the SHA-256 of the whole token, its prefix included. */
    public static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
