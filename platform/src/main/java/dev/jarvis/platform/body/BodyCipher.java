package dev.jarvis.platform.body;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;

/** AES-256-GCM under the key of a day; a body is bound to its call and to what it is of it, and opens nowhere else. */
public final class BodyCipher {
    static final int KEY_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    /** What of a call a body is. */
    public enum Part {
        REQUEST,
        ANSWER
    }

    private final SecretKeySpec key;

    BodyCipher(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key of bodies has 32 bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** @return the nonce, then the text */
    public byte[] seal(String body, UUID attempt, Part part) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, attempt, part).doFinal(body.getBytes(StandardCharsets.UTF_8));
            byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
            return whole;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException if it is not what was sealed for this place */
    public String open(byte[] whole, UUID attempt, Part part) {
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(whole, NONCE), attempt, part)
                    .doFinal(whole, NONCE, whole.length - NONCE);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("a kept body of call " + attempt + " does not open", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, UUID attempt, Part part) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((attempt + " " + part).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
