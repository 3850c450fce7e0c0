package dev.jarvis.platform.vault;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Master keys, the first of which seals; all of them open. Written as one base64 text of 32 random bytes per line ({@code
 * openssl rand -base64 32}); empty lines and lines that begin with # are skipped. More than one key is there only while a
 * rotation is under way, or to open what an old backup holds.
 */
final class MasterKeys {
    static final int KEY_BYTES = 32;

    private final Map<String, AesGcmKey> byId;

    private MasterKeys(Map<String, AesGcmKey> byId) {
        this.byId = byId;
    }

    /** @throws IllegalArgumentException saying what is wrong, and nothing of the text */
    static MasterKeys parse(String text) {
        Map<String, AesGcmKey> keys = new LinkedHashMap<>();
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> {
                    AesGcmKey key = key(decode(line));
                    keys.putIfAbsent(id(key), key);
                });
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no key in it");
        }
        return new MasterKeys(keys);
    }

    static MasterKeys random() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        AesGcmKey key = key(bytes);
        return new MasterKeys(Map.of(id(key), key));
    }

    /** The first of the others comes first: it seals from now on. */
    MasterKeys behind(MasterKeys others) {
        Map<String, AesGcmKey> keys = new LinkedHashMap<>(others.byId);
        byId.forEach(keys::putIfAbsent);
        return new MasterKeys(keys);
    }

    MasterKeys onlyPrimary() {
        return new MasterKeys(Map.of(primaryId(), keys().getFirst()));
    }

    MasterKeys withoutPrimary() {
        Map<String, AesGcmKey> keys = new LinkedHashMap<>(byId);
        keys.remove(primaryId());
        return new MasterKeys(keys);
    }

    List<AesGcmKey> keys() {
        return new ArrayList<>(byId.values());
    }

    /** Eight hexadecimal digits of the hash of the key; also Tink's key id, which every ciphertext begins with. */
    List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    String primaryId() {
        return ids().getFirst();
    }

    int size() {
        return byId.size();
    }

    /** The text that {@link #parse} reads. */
    @AccessesPartialKey
    String text() {
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        for (AesGcmKey key : byId.values()) {
            lines.add(Base64.getEncoder().encodeToString(key.getKeyBytes().toByteArray(InsecureSecretKeyAccess.get())));
        }
        return lines.toString();
    }

    @Override
    public String toString() {
        return "MasterKeys" + ids();
    }

    private static byte[] decode(String line) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is not base64 (make one with: openssl rand -base64 32)");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "it has " + bytes.length + " bytes instead of 32 (make one with: openssl rand -base64 32)");
        }
        boolean monotonous = true;
        for (byte b : bytes) {
            monotonous &= b == bytes[0];
        }
        if (monotonous) {
            throw new IllegalArgumentException("it is one byte repeated (make one with: openssl rand -base64 32)");
        }
        return bytes;
    }

    @AccessesPartialKey
    private static AesGcmKey key(byte[] bytes) {
        try {
            byte[] label = "jarvis master key".getBytes(StandardCharsets.US_ASCII);
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(label);
            int id = ByteBuffer.wrap(hash.digest(bytes)).getInt();
            return AesGcmKey.builder()
                    .setParameters(AesGcmParameters.builder()
                            .setKeySizeBytes(KEY_BYTES)
                            .setIvSizeBytes(12)
                            .setTagSizeBytes(16)
                            .setVariant(AesGcmParameters.Variant.TINK)
                            .build())
                    .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
                    .setIdRequirement(id)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256 and AES-GCM", e);
        }
    }

    private static String id(AesGcmKey key) {
        Integer id = key.getIdRequirementOrNull();
        return HexFormat.of().toHexDigits(id == null ? 0 : id);
    }
}
