package dev.jarvis.gateway.caller;

import dev.jarvis.platform.identity.Credential;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The whole SHA-256 of a credential. Anything shorter, or a prefix of the credential, would let two callers share an
 * entry (security.md V6).
 */
record Fingerprint(long a, long b, long c, long d) {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    static Fingerprint of(Credential credential) {
        return switch (credential) {
            case Credential.AccessToken token -> of('t', token.value());
            case Credential.CallerKey key -> of('k', key.value());
            case Credential.Missing ignored -> throw new IllegalArgumentException("no credential");
            case Credential.Malformed ignored -> throw new IllegalArgumentException("no credential");
        };
    }

    private static Fingerprint of(char kind, String value) {
        MessageDigest digest = sha256();
        digest.update((byte) kind);
        byte[] hash = digest.digest(value.getBytes(StandardCharsets.UTF_8));
        return new Fingerprint((long) LONGS.get(hash, 0), (long) LONGS.get(hash, 8), (long) LONGS.get(hash, 16), (long)
                LONGS.get(hash, 24));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a);
    }
}
