package dev.jarvis.control.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import dev.jarvis.control.running.ControlServer;
import dev.jarvis.platform.json.Json;
import dev.jarvis.platform.vault.Vault;
import tools.jackson.databind.node.ObjectNode;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** Makes tokens that differ from a real one in one thing, signed with the server's own key. */
final class TokenForge {
    private final ECKey key;
    private final String header;
    private final String claims;
    private final String token;

    /** @param token a real one of the server */
    TokenForge(ControlServer server, String token) {
        this.token = token;
        String[] parts = token.split("\\.");
        this.header = decode(parts[0]);
        this.claims = decode(parts[1]);
        UUID id = UUID.fromString(server.database()
                .query("SELECT id FROM signing_keys ORDER BY created_at DESC LIMIT 1")
                .getFirst());
        String sealed = server.database()
                .query("SELECT encode(sealed_private, 'hex') FROM signing_keys ORDER BY created_at DESC LIMIT 1")
                .getFirst();
        try {
            this.key = ECKey.parse(server.vault()
                    .open(HexFormat.of().parseHex(sealed), new Vault.Place("signing_keys.sealed_private", id))
                    .reveal());
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    String original() {
        return token;
    }

    ObjectNode header() {
        return (ObjectNode) Json.MAPPER.readTree(header);
    }

    ObjectNode claims() {
        return (ObjectNode) Json.MAPPER.readTree(claims);
    }

    String headerText() {
        return header;
    }

    String claimsText() {
        return claims;
    }

    ECKey key() {
        return key;
    }

    String withHeader(ObjectNode changed) {
        return sign(encode(changed.toString()), encode(claims));
    }

    String withClaims(ObjectNode changed) {
        return sign(encode(header), encode(changed.toString()));
    }

    String withClaims(String json) {
        return sign(encode(header), encode(json));
    }

    String sign(String encodedHeader, String encodedClaims) {
        return sign(key, encodedHeader, encodedClaims);
    }

    static String sign(ECKey key, String encodedHeader, String encodedClaims) {
        String signed = encodedHeader + "." + encodedClaims;
        try {
            return signed + "."
                    + new ECDSASigner(key)
                            .sign(new JWSHeader(JWSAlgorithm.ES256), signed.getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** Signed as if the published key were a shared secret. */
    String hmac(byte[] secret) {
        ObjectNode changed = header();
        changed.put("alg", "HS256");
        String signed = encode(changed.toString()) + "." + encode(claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return signed + "." + encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The real header and claims with another signature. */
    String withSignature(byte[] signature) {
        return token.substring(0, token.lastIndexOf('.') + 1) + encode(signature);
    }

    byte[] signature() {
        return Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String decode(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
