package dev.jarvis.platform.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.jarvis.platform.vault.Secret;

import java.text.ParseException;
import java.util.Map;
import java.util.UUID;

/** One key pair on P-256. Built for ES256 alone: no header can make it verify another way. */
final class SigningKey {
    static final String ALGORITHM = "ES256";

    private final UUID id;
    private final ECKey key;

    private SigningKey(UUID id, ECKey key) {
        this.id = id;
        this.key = key;
    }

    static SigningKey generate(UUID id) {
        try {
            return new SigningKey(
                    id,
                    new ECKeyGenerator(Curve.P_256)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(JWSAlgorithm.ES256)
                            .keyID(id.toString())
                            .generate());
        } catch (JOSEException e) {
            throw new IllegalStateException("P-256 keys cannot be made here", e);
        }
    }

    /** @param jwk with the private half for signing, without it for verifying */
    static SigningKey read(UUID id, String jwk) {
        try {
            ECKey key = ECKey.parse(jwk);
            if (!Curve.P_256.equals(key.getCurve())) {
                throw new IllegalStateException("signing key " + id + " is not on P-256");
            }
            return new SigningKey(id, key);
        } catch (ParseException e) {
            // The cause may quote the key.
            throw new IllegalStateException("signing key " + id + " cannot be read");
        }
    }

    UUID id() {
        return id;
    }

    String publicJwk() {
        return key.toPublicJWK().toJSONString();
    }

    /** As an entry of a JWKS (RFC 7517 §5). */
    Map<String, Object> published() {
        return key.toPublicJWK().toJSONObject();
    }

    Secret privateJwk() {
        return new Secret(key.toJSONString());
    }

    /** The signature in JOSE's form: r and s, 32 bytes each. */
    byte[] sign(byte[] text) {
        try {
            return new ECDSASigner(key)
                    .sign(new JWSHeader(JWSAlgorithm.ES256), text)
                    .decode();
        } catch (JOSEException e) {
            throw new IllegalStateException("signing key " + id + " cannot sign", e);
        }
    }

    /** Both forms of s are taken, as ES256 allows (RFC 7518 §3.4): no decision hangs on a token's exact bytes. */
    boolean verifies(byte[] text, byte[] signature) {
        try {
            return new ECDSAVerifier(key.toPublicJWK())
                    .verify(new JWSHeader(JWSAlgorithm.ES256), text, Base64URL.encode(signature));
        } catch (JOSEException e) {
            return false;
        }
    }
}
