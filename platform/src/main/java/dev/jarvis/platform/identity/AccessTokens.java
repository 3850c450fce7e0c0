package dev.jarvis.platform.identity;

import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.id.Uuids;
import dev.jarvis.platform.json.Json;
import dev.jarvis.platform.vault.Secret;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Issues and verifies access tokens: JWTs by RFC 9068, signed with ES256, valid for a quarter of an hour. Verification
 * takes exactly what {@link #issue} makes; anything else in the header, a claim of another type or spelling, or another
 * installation's name makes a token {@link TokenCheck.Invalid}.
 */
public final class AccessTokens {
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    /** The longest that somebody may act for a caller without asking again. */
    public static final Duration LONGEST_DELEGATION = Duration.ofHours(1);

    private static final String CALLER_KEY = "caller_key";
    private static final String MODELS = "models";
    private static final String TYPE = "at+jwt";
    private static final Set<String> HEADER_NAMES = Set.of("alg", "typ", "kid");

    /** How far the clocks of two nodes may be apart. Seconds. */
    private static final long LEEWAY = 30;

    /** The end of the year 9999: later instants are nonsense, and some do not fit an {@link Instant}. */
    private static final long LAST_SECOND = 253_402_300_799L;

    /** A token just issued, and how long it lasts. */
    public record Issued(Secret token, Duration lasts) {}

    private final SigningKeys keys;
    private final Installation installation;
    private final Clock clock;

    public AccessTokens(SigningKeys keys, Installation installation, Clock clock) {
        this.keys = keys;
        this.installation = installation;
        this.clock = clock;
    }

    /**
     * Makes sure that there is a key to sign with; makes it at an installation's first login. Call it before the
     * transaction that a token is issued for, since it may need a connection of its own.
     *
     * @throws dev.jarvis.platform.vault.Vault.SealedException if the signing key cannot be opened
     */
    public void prepare() {
        keys.signing();
    }

    /**
     * A token for a session.
     *
     * @param role for clients to read; every check asks the database instead
     * @param sessionEnds the token ends no later
     * @throws dev.jarvis.platform.vault.Vault.SealedException if the signing key cannot be opened
     */
    public Issued issue(UUID userId, UUID sessionId, Role role, Instant sessionEnds) {
        long now = clock.instant().getEpochSecond();
        long expires = Math.min(now + LIFETIME.toSeconds(), sessionEnds.getEpochSecond());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", installation.issuer());
        claims.put("aud", installation.audience());
        claims.put("sub", userId.toString());
        claims.put("sid", sessionId.toString());
        claims.put("role", role.code());
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", expires);
        claims.put("jti", Uuid7.next().toString());
        return new Issued(new Secret(sign(claims)), Duration.ofSeconds(expires - now));
    }

    /**
     * A token with which somebody else calls models for the caller: for its lifetime, these models only, and nothing but
     * models. It ends with the session or the caller key that it came of, which keep their own limits.
     *
     * @param actor who calls, for people who read the token
     * @param models empty: all that the caller may use
     * @throws dev.jarvis.platform.vault.Vault.SealedException if the signing key cannot be opened
     */
    public Issued delegate(Identity caller, String actor, Optional<Set<String>> models, Duration lifetime) {
        long now = clock.instant().getEpochSecond();
        Duration longest = lifetime.compareTo(LONGEST_DELEGATION) < 0 ? lifetime : LONGEST_DELEGATION;
        long expires = now + longest.toSeconds();
        if (caller.callerKeyId().isPresent() && caller.expiresAt().isBefore(Instant.ofEpochSecond(expires))) {
            expires = caller.expiresAt().getEpochSecond();
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", installation.issuer());
        claims.put("aud", installation.modelsAudience());
        claims.put("sub", caller.userId().toString());
        caller.sessionId().ifPresent(session -> claims.put("sid", session.toString()));
        caller.callerKeyId().ifPresent(key -> claims.put(CALLER_KEY, key.toString()));
        claims.put("act", Map.of("sub", actor));
        models.ifPresent(few -> claims.put(MODELS, few.stream().sorted().toList()));
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", expires);
        claims.put("jti", Uuid7.next().toString());
        return new Issued(new Secret(sign(claims)), Duration.ofSeconds(expires - now));
    }

    TokenCheck verify(String text) {
        Optional<CompactToken> parsed = CompactToken.parse(text);
        if (parsed.isEmpty() || !isSignedByUs(parsed.get())) {
            return new TokenCheck.Invalid();
        }
        JsonNode claims = parsed.get().claims();
        boolean delegated = isText(claims, "aud", installation.modelsAudience());
        if (!isText(claims, "iss", installation.issuer())
                || !(delegated || isText(claims, "aud", installation.audience()))) {
            return new TokenCheck.Invalid();
        }
        return delegated ? verifyDelegated(claims) : verifyOwn(claims);
    }

    private TokenCheck verifyDelegated(JsonNode claims) {
        Optional<UUID> session = uuid(claims, "sid");
        Optional<UUID> callerKey = uuid(claims, CALLER_KEY);
        JsonNode models = claims.get(MODELS);
        boolean wellFormed = session.isPresent() != callerKey.isPresent()
                && (models == null || (models.isArray() && models.valueStream().allMatch(JsonNode::isString)));
        if (!wellFormed) {
            return new TokenCheck.Invalid();
        }
        Optional<Set<String>> few = Optional.ofNullable(models)
                .map(list -> list.valueStream().map(JsonNode::stringValue).collect(Collectors.toUnmodifiableSet()));
        return inTime(claims, (user, expires) -> new TokenCheck.Delegated(user, session, callerKey, few, expires));
    }

    private TokenCheck verifyOwn(JsonNode claims) {
        return uuid(claims, "sid")
                .map(session -> inTime(
                        claims, (user, expires) -> new TokenCheck.Valid(new AccessTokenClaims(user, session, expires))))
                .orElseGet(TokenCheck.Invalid::new);
    }

    private TokenCheck inTime(JsonNode claims, BiFunction<UUID, Instant, TokenCheck> then) {
        Optional<UUID> user = uuid(claims, "sub");
        Optional<Instant> issued = instant(claims, "iat");
        Optional<Instant> notBefore = instant(claims, "nbf");
        Optional<Instant> expires = instant(claims, "exp");
        if (user.isEmpty() || issued.isEmpty() || notBefore.isEmpty() || expires.isEmpty()) {
            return new TokenCheck.Invalid();
        }
        Instant now = clock.instant();
        if (issued.get().isAfter(now.plusSeconds(LEEWAY)) || notBefore.get().isAfter(now.plusSeconds(LEEWAY))) {
            return new TokenCheck.Invalid();
        }
        return expires.get().isAfter(now.minusSeconds(LEEWAY))
                ? then.apply(user.get(), expires.get())
                : new TokenCheck.Expired();
    }

    private String sign(Map<String, Object> claims) {
        SigningKey key = keys.signing();
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", SigningKey.ALGORITHM);
        header.put("typ", TYPE);
        header.put("kid", key.id().toString());
        String signed =
                encode(Json.MAPPER.writeValueAsBytes(header)) + "." + encode(Json.MAPPER.writeValueAsBytes(claims));
        return signed + "." + encode(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private boolean isSignedByUs(CompactToken token) {
        JsonNode header = token.header();
        if (!HEADER_NAMES.containsAll(header.propertyNames())
                || !isText(header, "alg", SigningKey.ALGORITHM)
                || !isText(header, "typ", TYPE)) {
            return false;
        }
        return uuid(header, "kid")
                .flatMap(keys::verifying)
                .map(key -> key.verifies(token.signed(), token.signature()))
                .orElse(false);
    }

    private static boolean isText(JsonNode object, String name, String wanted) {
        return text(object, name).map(wanted::equals).orElse(false);
    }

    private static Optional<String> text(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value != null && value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    private static Optional<UUID> uuid(JsonNode object, String name) {
        return text(object, name).flatMap(Uuids::canonical);
    }

    private static Optional<Instant> instant(JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            return Optional.empty();
        }
        long second = value.longValue();
        return second < 0 || second > LAST_SECOND ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
