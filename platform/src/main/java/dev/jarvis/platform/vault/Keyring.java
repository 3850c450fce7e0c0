package dev.jarvis.platform.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * AES-256-GCM by Tink. A sealed secret is Tink's ciphertext: a version byte, four bytes of key id, the nonce, the
 * ciphertext and its tag; its place is authenticated with it.
 */
final class Keyring {
    /** Version byte and key id. */
    private static final int PREFIX = 5;

    private final MasterKeys keys;
    private final Aead aead;

    Keyring(MasterKeys keys) {
        this.keys = keys;
        try {
            AeadConfig.register();
            KeysetHandle.Builder handle = KeysetHandle.newBuilder();
            for (AesGcmKey key : keys.keys()) {
                KeysetHandle.Builder.Entry entry = KeysetHandle.importKey(key);
                handle.addEntry(handle.size() == 0 ? entry.makePrimary() : entry);
            }
            this.aead = handle.build().getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
    }

    MasterKeys keys() {
        return keys;
    }

    byte[] seal(Secret secret, Vault.Place place) {
        try {
            return aead.encrypt(secret.reveal().getBytes(StandardCharsets.UTF_8), binding(place));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
    }

    /** Empty if it was changed, moved or sealed under another key. */
    Optional<Secret> open(byte[] sealed, Vault.Place place) {
        try {
            return Optional.of(new Secret(new String(aead.decrypt(sealed, binding(place)), StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    boolean knows(byte[] sealed) {
        return keyId(sealed).map(keys.ids()::contains).orElse(false);
    }

    /** The id of the key that a text claims to be sealed under. */
    static Optional<String> keyId(byte[] sealed) {
        return sealed.length < PREFIX
                ? Optional.empty()
                : Optional.of(HexFormat.of().formatHex(sealed, 1, PREFIX));
    }

    private static byte[] binding(Vault.Place place) {
        return (place.column() + "|" + place.row()).getBytes(StandardCharsets.UTF_8);
    }
}
