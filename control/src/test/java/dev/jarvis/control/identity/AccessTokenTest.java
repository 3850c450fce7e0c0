package dev.jarvis.control.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.jarvis.control.running.Answer;
import dev.jarvis.control.running.ControlServer;
import dev.jarvis.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows A8–A18 of the bad inputs and S13: tokens that must not let anybody in, most of them signed with the real key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTokenTest {
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private final ControlServer server = ControlServer.start();
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final TokenForge forge = forge(server);

    private static TokenForge forge(ControlServer server) {
        server.administrator();
        return new TokenForge(server, server.login("admin").field("access_token"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theRealTokenIsAdmitted() {
        assertThat(me(forge.original()).status()).isEqualTo(200);
        assertThat(me(forge.withClaims(forge.claims())).status()).isEqualTo(200);
    }

    @Test
    void isATokenAsRfc9068SaysSignedByAPublishedKey() {
        ObjectNode header = forge.header();
        assertThat(header.get("alg").asString()).isEqualTo("ES256");
        assertThat(header.get("typ").asString()).isEqualTo("at+jwt");
        assertThat(forge.claims().propertyNames())
                .containsExactly("iss", "aud", "sub", "sid", "role", "iat", "nbf", "exp", "jti");

        Answer published = server.get("/.well-known/jwks.json", null);

        assertThat(published.json().get("keys")).hasSize(1);
        JsonNode key = published.json().get("keys").get(0);
        assertThat(key.get("kid").asString()).isEqualTo(header.get("kid").asString());
        assertThat(key.propertyNames()).doesNotContain("d");
    }

    @TestFactory
    Stream<DynamicTest> s13_refuses() throws JOSEException {
        algorithms();
        signatures();
        headers();
        times();
        names();
        spellings();
        return tokens.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    Answer answer = me(row.getValue());
                    assertThat(answer.status()).isEqualTo(401);
                    assertThat(answer.code()).isIn("invalid_credentials", "token_expired", "credentials_blocked");
                    assertThat(answer.text()).doesNotContain(row.getValue());
                }));
    }

    @Test
    void a9_theOtherFormOfSIsTheSameSignature() {
        byte[] signature = forge.signature();
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        byte[] other = ORDER.subtract(s).toByteArray();
        byte[] changed = signature.clone();
        Arrays.fill(changed, 32, 64, (byte) 0);
        int from = Math.max(0, other.length - 32);
        System.arraycopy(other, from, changed, 64 - (other.length - from), other.length - from);

        assertThat(me(forge.withSignature(changed)).status()).isEqualTo(200);
    }

    @Test
    void a12_saysThatATokenHasExpired() {
        ObjectNode claims = forge.claims();
        claims.put("exp", now() - 31);
        assertThat(me(forge.withClaims(claims)).code()).isEqualTo("token_expired");
        claims.put("exp", now() - 25);
        assertThat(me(forge.withClaims(claims)).status()).isEqualTo(200);
    }

    @Test
    void theRoleInTheTokenGivesNoRights() {
        TokenForge own = new TokenForge(server, server.token(server.user("climber", "user")));
        ObjectNode claims = own.claims();
        assertThat(claims.get("role").asString()).isEqualTo("user");
        claims.put("role", "admin");

        String promoted = own.withClaims(claims);

        assertThat(me(promoted).field("role")).isEqualTo("user");
        assertThat(server.get("/api/v1/users", promoted).code()).isEqualTo("admin_required");
    }

    @Test
    void a13_refusesTheTokenOfADeletedUser() {
        String id = server.user("leaver", "user");
        String token = server.token(id);
        assertThat(me(token).status()).isEqualTo(200);

        server.call("DELETE", "/api/v1/users/" + id, forge.original(), null);

        assertThat(me(token).status()).isEqualTo(401);
    }

    @Test
    void a18_refusesTheTokenOfAnotherInstallation() {
        try (ControlServer other = ControlServer.start()) {
            String token = other.administrator();
            assertThat(other.get("/api/v1/auth/me", token).status()).isEqualTo(200);
            assertThat(me(token).code()).isEqualTo("invalid_credentials");
        }
    }

    @Test
    void twoNodesAgreeOnOneSigningKeyAndKnowEachOthersTokens() {
        try (ControlServer first = ControlServer.start();
                ControlServer second = first.secondNode()) {
            first.administrator();
            first.database().execute("DELETE FROM signing_keys");
            Thread one = Thread.startVirtualThread(() -> first.login("admin"));
            String token = second.login("admin").field("access_token");
            join(one);

            assertThat(first.count("SELECT count(*) FROM signing_keys")).isEqualTo(1);
            assertThat(second.get("/api/v1/auth/me", token).status()).isEqualTo(200);
        }
    }

    @Test
    void anOldSigningKeyIsRetiredAndItsTokensLiveOutTheirTime() {
        try (ControlServer first = ControlServer.start()) {
            String early = first.administrator();
            first.database().execute("UPDATE signing_keys SET created_at = now() - INTERVAL '91 days'");
            try (ControlServer second = first.secondNode()) {
                String late = second.login("admin").field("access_token");

                assertThat(first.count("SELECT count(*) FROM signing_keys WHERE retired_at IS NOT NULL"))
                        .isEqualTo(1);
                assertThat(second.get("/api/v1/auth/me", early).status()).isEqualTo(200);
                assertThat(first.get("/api/v1/auth/me", late).status()).isEqualTo(200);
            }
            first.database()
                    .execute(
                            "UPDATE signing_keys SET created_at = now() - INTERVAL '91 days', retired_at = retired_at - INTERVAL '2 days'");
            try (ControlServer third = first.secondNode()) {
                third.login("admin");

                assertThat(first.count("SELECT count(*) FROM signing_keys")).isEqualTo(2);
                assertThat(third.get("/api/v1/auth/me", early).status()).isEqualTo(401);
            }
        }
    }

    @Test
    void s14_tokensThatBeginAlikeStayApart() {
        List<String> users = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            users.add(server.user("alike" + i, "user"));
        }
        Map<String, String> owners = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            String user = users.get(i % users.size());
            owners.put(server.token(user), user);
        }

        assertThat(owners).hasSize(100);
        owners.forEach((token, owner) -> assertThat(me(token).field("id")).isEqualTo(owner));
    }

    private void algorithms() {
        byte[] jwk = forge.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        tokens.put("A8 HS256 with the public JWK", forge.hmac(jwk));
        tokens.put(
                "A8 HS256 with the public key's x",
                forge.hmac(forge.key().getX().decode()));
        try {
            byte[] der = forge.key().toECPublicKey().getEncoded();
            tokens.put("A8 HS256 with the public DER", forge.hmac(der));
            String pem = "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
            tokens.put("A8 HS256 with the public PEM", forge.hmac(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        for (String algorithm : new String[] {"none", "None", "nOnE", "ES384", "es256", "RS256", "ES256K", ""}) {
            tokens.put("alg " + algorithm, header(header -> header.put("alg", algorithm)));
        }
        tokens.put("alg none without signature", forge.withSignature(new byte[0]));
        tokens.put("alg missing", header(header -> header.remove("alg")));
        tokens.put("alg null", header(header -> header.putNull("alg")));
        tokens.put("alg array", header(header -> header.putArray("alg").add("ES256")));
    }

    private void signatures() throws JOSEException {
        byte[] real = forge.signature();
        tokens.put("A9 r = s = 0", forge.withSignature(new byte[64]));
        tokens.put("A9 DER", forge.withSignature(ECDSA.transcodeSignatureToDER(real)));
        tokens.put("A9 65 bytes", forge.withSignature(Arrays.copyOf(real, 65)));
        tokens.put("A9 63 bytes", forge.withSignature(Arrays.copyOf(real, 63)));
        byte[] order = new byte[64];
        System.arraycopy(ORDER.toByteArray(), 1, order, 0, 32);
        System.arraycopy(ORDER.toByteArray(), 1, order, 32, 32);
        tokens.put("A9 r = s = the order", forge.withSignature(order));
        byte[] flipped = real.clone();
        flipped[5] ^= 1;
        tokens.put("a flipped bit", forge.withSignature(flipped));
        ECKey stranger = new ECKeyGenerator(Curve.P_256).generate();
        tokens.put(
                "signed by a stranger",
                TokenForge.sign(
                        stranger, TokenForge.encode(forge.headerText()), TokenForge.encode(forge.claimsText())));
    }

    private void headers() throws JOSEException {
        for (String kid : new String[] {
            UUID.randomUUID().toString(),
            "../../dev/null",
            "' OR 1=1--",
            "http://127.0.0.1/key",
            "",
            forge.key().getKeyID() + " ",
            "1-1-1-1-1"
        }) {
            tokens.put("A10 kid " + kid, header(header -> header.put("kid", kid)));
        }
        tokens.put("A10 kid missing", header(header -> header.remove("kid")));
        ECKey stranger =
                new ECKeyGenerator(Curve.P_256).keyID(forge.key().getKeyID()).generate();
        ObjectNode embedded = forge.header();
        embedded.set("jwk", Json.MAPPER.readTree(stranger.toPublicJWK().toJSONString()));
        tokens.put(
                "A10 embedded jwk",
                TokenForge.sign(
                        stranger, TokenForge.encode(embedded.toString()), TokenForge.encode(forge.claimsText())));
        tokens.put("A10 embedded jwk, real signature", forge.withHeader(embedded));
        for (String name : new String[] {"jku", "x5u", "x5c", "x5t", "crit", "zip", "b64", "cty"}) {
            tokens.put("A10 " + name, header(header -> header.put(name, "http://127.0.0.1:1/keys")));
        }
        for (String type : new String[] {"JWT", "AT+JWT", "application/at+jwt", "rt+jwt", "id+jwt", ""}) {
            tokens.put("A14 typ " + type, header(header -> header.put("typ", type)));
        }
        tokens.put("A14 typ missing", header(header -> header.remove("typ")));
        String header = forge.headerText();
        tokens.put(
                "duplicate alg",
                forge.sign(
                        TokenForge.encode(header.replace("{", "{\"alg\":\"none\",")),
                        TokenForge.encode(forge.claimsText())));
    }

    private void times() {
        tokens.put("A12 expired beyond leeway", claims(claims -> claims.put("exp", now() - 31)));
        tokens.put("A12 nbf in 5 minutes", claims(claims -> claims.put("nbf", now() + 300)));
        tokens.put("A12 iat tomorrow", claims(claims -> claims.put("iat", now() + 86_400)));
        for (String name : new String[] {"exp", "iat", "nbf"}) {
            tokens.put("A12 " + name + " missing", claims(claims -> claims.remove(name)));
            tokens.put("A12 " + name + " null", claims(claims -> claims.putNull(name)));
            tokens.put("A12 " + name + " text", claims(claims -> claims.put(name, Long.toString(now()))));
            tokens.put("A12 " + name + " float", claims(claims -> claims.put(name, now() + 0.5)));
            tokens.put("A12 " + name + " 10^20", claims(claims -> claims.put(name, BigInteger.TEN.pow(20))));
            tokens.put("A12 " + name + " negative", claims(claims -> claims.put(name, -1)));
            tokens.put("A12 " + name + " largest long", claims(claims -> claims.put(name, Long.MAX_VALUE)));
            tokens.put(
                    "A12 " + name + " array",
                    claims(claims -> claims.putArray(name).add(now())));
        }
        tokens.put(
                "A12 exp with an exponent",
                forge.withClaims(forge.claimsText().replaceAll("\"exp\":\\d+", "\"exp\":2e9")));
    }

    private void names() {
        for (String name : new String[] {"iss", "aud"}) {
            tokens.put("A13 wrong " + name, claims(claims -> claims.put(name, "urn:jarvis:" + UUID.randomUUID())));
            tokens.put("A13 " + name + " missing", claims(claims -> claims.remove(name)));
            tokens.put("A13 " + name + " null", claims(claims -> claims.putNull(name)));
        }
        tokens.put(
                "A13 aud array without us",
                claims(claims -> claims.putArray("aud").add("elsewhere")));
        tokens.put("A13 sub empty", claims(claims -> claims.put("sub", "")));
        tokens.put("A13 sub missing", claims(claims -> claims.remove("sub")));
        tokens.put("A13 sub number", claims(claims -> claims.put("sub", 1)));
        tokens.put(
                "A13 sub of nobody",
                claims(claims -> claims.put("sub", UUID.randomUUID().toString())));
        tokens.put("sid missing", claims(claims -> claims.remove("sid")));
        tokens.put(
                "sid of no session",
                claims(claims -> claims.put("sid", UUID.randomUUID().toString())));
        String claims = forge.claimsText();
        tokens.put("A16 duplicate role", forge.withClaims(claims.replace("{", "{\"role\":\"user\",")));
        tokens.put("A16 duplicate sub", forge.withClaims(claims.replace("{", "{\"sub\":\"x\",")));
        tokens.put("trailing JSON", forge.withClaims(claims + "{}"));
        tokens.put("claims array", forge.withClaims("[" + claims + "]"));
        tokens.put("claims null", forge.withClaims("null"));
        tokens.put("claims empty", forge.withClaims(""));
    }

    private void spellings() {
        String token = forge.original();
        String[] parts = token.split("\\.");
        tokens.put("A17 padded payload", forge.sign(parts[0], parts[1] + "="));
        tokens.put("A17 padded token", token + "=");
        tokens.put("A17 doubly padded token", token + "==");
        tokens.put(
                "A17 space in payload", forge.sign(parts[0], parts[1].substring(0, 8) + " " + parts[1].substring(8)));
        tokens.put(
                "A17 plus and slash",
                forge.sign(
                        parts[0],
                        TokenForge.encode("{\"a\":\"???>>>\"}")
                                .replace('-', '+')
                                .replace('_', '/')));
        tokens.put("A17 stray bits", strayBits(token));
        tokens.put("four parts", token + ".e30");
        tokens.put("two parts", parts[0] + "." + parts[1]);
        tokens.put("five empty parts", "a....");
        tokens.put("A14 a refresh token", server.login("admin").field("refresh_token"));
        tokens.put("a caller key's prefix", "sk-jv-");
        tokens.put("A6 a caller key that is not there", "sk-jv-" + "A".repeat(43));
    }

    /** The last character of 64 bytes in base64url has four bits to spare. */
    private static String strayBits(String token) {
        char last = token.charAt(token.length() - 1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return token.substring(0, token.length() - 1) + alphabet.charAt(alphabet.indexOf(last) + 1);
    }

    private String header(Consumer<ObjectNode> change) {
        ObjectNode header = forge.header();
        change.accept(header);
        return forge.withHeader(header);
    }

    private String claims(Consumer<ObjectNode> change) {
        ObjectNode claims = forge.claims();
        change.accept(claims);
        return forge.withClaims(claims);
    }

    private long now() {
        return server.clock().instant().getEpochSecond();
    }

    private Answer me(String token) {
        return server.get("/api/v1/auth/me", token);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
