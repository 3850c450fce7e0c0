package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.platform.money.BudgetUnit;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.TokenClass;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The opening section of OPEN and SETTLED records. Words of enums are written as their codes, so that a new token class
 * in the middle of the list does not change what old journals say.
 */
final class OpeningFormat {
    private static final Map<String, TokenClass> CLASSES = new HashMap<>();

    static {
        for (TokenClass tokenClass : TokenClass.values()) {
            CLASSES.put(tokenClass.code(), tokenClass);
        }
    }

    private OpeningFormat() {}

    static byte[] encode(OpenedAttempt attempt) {
        RecordWriter writer = new RecordWriter(384)
                .text(attempt.requestId())
                .i32(attempt.attemptNumber())
                .uuid(attempt.userId())
                .optionalUuid(attempt.teamId())
                .optionalUuid(attempt.callerKeyId())
                .text(attempt.model())
                .uuid(attempt.deploymentId())
                .text(attempt.provider())
                .optionalUuid(attempt.providerKeyId())
                .optionalText(attempt.keyHint())
                .text(attempt.upstreamModel())
                .text(attempt.operation())
                .bool(attempt.streamed())
                .i64(attempt.requestBytes())
                .i64(attempt.inputHigh())
                .optionalLong(attempt.outputCap());
        price(writer, attempt.price());
        claims(writer, attempt.claims());
        return writer.toBytes();
    }

    static OpenedAttempt decode(UUID attemptId, RecordReader reader, int version) {
        return new OpenedAttempt(
                attemptId,
                reader.text(),
                reader.i32(),
                reader.uuid(),
                version == Frame.FIRST_VERSION ? Optional.empty() : reader.optionalUuid(),
                reader.optionalUuid(),
                reader.text(),
                reader.uuid(),
                reader.text(),
                reader.optionalUuid(),
                reader.optionalText(),
                reader.text(),
                reader.text(),
                reader.bool(),
                reader.i64(),
                reader.i64(),
                reader.optionalLong(),
                price(reader),
                version == Frame.FIRST_VERSION ? List.of() : claims(reader));
    }

    static TokenClass tokenClass(RecordReader reader) {
        String code = reader.text();
        TokenClass tokenClass = CLASSES.get(code);
        if (tokenClass == null) {
            throw new IllegalArgumentException("no such token class: " + code);
        }
        return tokenClass;
    }

    private static void claims(RecordWriter writer, List<BudgetClaim> claims) {
        writer.u8(claims.size());
        for (BudgetClaim claim : claims) {
            writer.uuid(claim.budgetId())
                    .i64(claim.windowStart())
                    .uuid(claim.leaseId())
                    .text(claim.unit().code())
                    .i64(claim.rateNano());
        }
    }

    private static List<BudgetClaim> claims(RecordReader reader) {
        List<BudgetClaim> claims = new ArrayList<>();
        for (int left = reader.u8(); left > 0; left--) {
            claims.add(new BudgetClaim(
                    reader.uuid(), reader.i64(), reader.uuid(), BudgetUnit.of(reader.text()), reader.i64()));
        }
        return claims;
    }

    private static void price(RecordWriter writer, Optional<Price> price) {
        writer.bool(price.isPresent());
        price.ifPresent(known -> {
            writer.i64(known.version()).text(known.currency().name());
            writer.u8(known.card().base().nanoPerMillion().size());
            known.card()
                    .base()
                    .nanoPerMillion()
                    .forEach(
                            (tokenClass, nano) -> writer.text(tokenClass.code()).i64(nano));
        });
    }

    private static Optional<Price> price(RecordReader reader) {
        if (!reader.bool()) {
            return Optional.empty();
        }
        long version = reader.i64();
        Currency currency = Currency.valueOf(reader.text());
        Map<TokenClass, Long> rates = new EnumMap<>(TokenClass.class);
        for (int left = reader.u8(); left > 0; left--) {
            rates.put(tokenClass(reader), reader.i64());
        }
        return Optional.of(Price.of(version, currency, rates));
    }
}
