package dev.jarvis.control.model;

import dev.jarvis.platform.vault.Secret;
import dev.jarvis.platform.vault.Vault;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

/** A vault with a key of its own, real AES-256-GCM, and a switch that seals it. */
final class TestVault implements Vault {
    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;
    volatile boolean sealed;

    TestVault() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "AES");
    }

    @Override
    public byte[] seal(Secret secret, Place place) {
        if (sealed) {
            throw new SealedException("sealed");
        }
        byte[] nonce = new byte[12];
        random.nextBytes(nonce);
        byte[] body = run(Cipher.ENCRYPT_MODE, nonce, secret.reveal().getBytes(StandardCharsets.UTF_8), place);
        byte[] all = Arrays.copyOf(nonce, 12 + body.length);
        System.arraycopy(body, 0, all, 12, body.length);
        return all;
    }

    @Override
    public Secret open(byte[] sealed, Place place) {
        byte[] nonce = Arrays.copyOf(sealed, 12);
        byte[] body = Arrays.copyOfRange(sealed, 12, sealed.length);
        return new Secret(new String(run(Cipher.DECRYPT_MODE, nonce, body, place), StandardCharsets.UTF_8));
    }

    @Override
    public boolean isSealed() {
        return sealed;
    }

    private byte[] run(int mode, byte[] nonce, byte[] text, Place place) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(128, nonce));
            cipher.updateAAD((place.column() + "|" + place.row()).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new CorruptSecretException(place);
        }
    }
}
