package dev.jarvis.control.running;

import dev.jarvis.platform.vault.Secret;
import dev.jarvis.platform.vault.Vault;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/** A vault with a key of its own, for one test; can be made to have none. */
public final class SealingVault implements Vault {
    private static final int NONCE_BYTES = 12;

    private final byte[] key = new byte[32];
    private final SecureRandom random = new SecureRandom();
    private volatile boolean sealed;

    public SealingVault() {
        random.nextBytes(key);
    }

    public void loseKey() {
        sealed = true;
    }

    @Override
    public byte[] seal(Secret secret, Place place) {
        requireKey();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] text = cipher(Cipher.ENCRYPT_MODE, nonce, place, secret.reveal().getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(NONCE_BYTES + text.length)
                .put(nonce)
                .put(text)
                .array();
    }

    @Override
    public Secret open(byte[] sealed, Place place) {
        requireKey();
        ByteBuffer in = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[NONCE_BYTES];
        in.get(nonce);
        byte[] text = new byte[in.remaining()];
        in.get(text);
        return new Secret(new String(cipher(Cipher.DECRYPT_MODE, nonce, place, text), StandardCharsets.UTF_8));
    }

    @Override
    public boolean isSealed() {
        return sealed;
    }

    private void requireKey() {
        if (sealed) {
            throw new SealedException("no master key");
        }
    }

    private byte[] cipher(int mode, byte[] nonce, Place place, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD((place.column() + place.row()).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new CorruptSecretException(place);
        }
    }
}
