package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.platform.money.CostLine;
import dev.jarvis.platform.money.CostLines;
import dev.jarvis.platform.money.CountedUnit;
import dev.jarvis.platform.money.RateBand;
import dev.jarvis.platform.money.TokenClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The body of a SETTLED record: the opening section, so that it ships without its OPEN, and how the attempt ended. */
final class UsageFormat {
    /** The most bytes that the settlement adds to the opening section: room that an OPEN reserves. */
    static final int MAX_SETTLEMENT = 72
            + TokenClass.values().length * 8
            + 33
            + 16
            + 2 * (2 + RateBand.MAX_TIER_LENGTH)
            + 8
            + 2
            + CountedUnit.values().length * (9 + 25)
            + TokenClass.values().length * 25
            + 3 * (3 + RecordText.FOREIGN)
            + 40;

    private UsageFormat() {}

    /** @param openingSection of {@link OpeningFormat} */
    static byte[] encode(byte[] openingSection, UsageRecord settled) {
        RecordWriter writer = new RecordWriter(openingSection.length + 384)
                .bytes(openingSection)
                .text(settled.outcome().code())
                .optionalInt(settled.httpStatus())
                .optionalText(settled.errorCode())
                .bool(settled.lastOfRequest())
                .optionalInt(settled.firstContentMillis())
                .i32(settled.durationMillis())
                .i64(settled.responseBytes())
                .optionalText(settled.upstreamRequestId())
                .optionalText(settled.servedModel());
        charge(writer, settled.charge());
        return writer.toBytes();
    }

    static UsageRecord decode(UUID attemptId, RecordReader reader, int version, Recurring before) {
        OpenedAttempt attempt = OpeningFormat.decode(attemptId, reader, version, before);
        Outcome outcome = Outcome.of(reader.text());
        var httpStatus = reader.optionalInt();
        var errorCode = reader.optionalText();
        boolean lastOfRequest = reader.bool();
        var firstContent = reader.optionalInt();
        int duration = reader.i32();
        long responseBytes = reader.i64();
        var upstreamRequestId = reader.optionalText();
        var servedModel = reader.optionalText();
        return new UsageRecord(
                attempt,
                outcome,
                charge(reader, version),
                httpStatus,
                errorCode,
                lastOfRequest,
                firstContent,
                duration,
                responseBytes,
                upstreamRequestId,
                servedModel);
    }

    private static void charge(RecordWriter writer, Charge charge) {
        writer.text(charge.billing().code());
        for (TokenClass tokenClass : TokenClass.values()) {
            writer.i64(charge.usage().tokens(tokenClass));
        }
        writer.bool(charge.bounds().isPresent());
        charge.bounds()
                .ifPresent(bounds -> writer.i64(bounds.inputLow())
                        .i64(bounds.inputHigh())
                        .i64(bounds.outputLow())
                        .i64(bounds.outputHigh()));
        writer.i64(charge.costNano()).i64(charge.userCostNano()).i64(charge.userTokens());
        PriceFormat.amounts(writer, charge.units());
        writer.text(charge.serviceTier());
        lines(writer, charge.lines());
    }

    private static Charge charge(RecordReader reader, int version) {
        Billing billing = Billing.of(reader.text());
        TokenUsage usage = usage(reader);
        Optional<TokenBounds> bounds = reader.bool()
                ? Optional.of(new TokenBounds(reader.i64(), reader.i64(), reader.i64(), reader.i64()))
                : Optional.empty();
        long cost = reader.i64();
        long userCost = reader.i64();
        long userTokens = version == Frame.FIRST_VERSION ? 0 : reader.i64();
        if (version == Frame.FIRST_VERSION) {
            CostLines lines = firstLines(reader);
            return new Charge(billing, usage, Map.of(), RateBand.STANDARD, bounds, lines, cost, userCost, userTokens);
        }
        Map<CountedUnit, Long> units = PriceFormat.amounts(reader, CountedUnit.class);
        String tier = reader.text();
        return new Charge(billing, usage, units, tier, bounds, lines(reader), cost, userCost, userTokens);
    }

    private static void lines(RecordWriter writer, CostLines lines) {
        writer.text(lines.serviceTier()).i64(lines.aboveInputTokens());
        writer.u8(lines.lines().size());
        for (CostLine line : lines.lines()) {
            PriceFormat.billable(writer, line.what());
            writer.i64(line.quantity()).i64(line.priceNano()).i64(line.amountNano());
        }
    }

    private static CostLines lines(RecordReader reader) {
        String tier = reader.text();
        long above = reader.i64();
        List<CostLine> lines = new ArrayList<>();
        for (int left = reader.u8(); left > 0; left--) {
            lines.add(new CostLine(PriceFormat.billable(reader), reader.i64(), reader.i64(), reader.i64()));
        }
        return new CostLines(lines, tier, above);
    }

    private static CostLines firstLines(RecordReader reader) {
        List<CostLine> lines = new ArrayList<>();
        for (int left = reader.u8(); left > 0; left--) {
            lines.add(new CostLine(PriceFormat.firstClass(reader), reader.i64(), reader.i64(), reader.i64()));
        }
        return new CostLines(lines, RateBand.STANDARD, 0);
    }

    /** In the order of {@link TokenUsage}'s components, which is that of {@link TokenClass}. */
    private static TokenUsage usage(RecordReader reader) {
        return new TokenUsage(
                reader.i64(),
                reader.i64(),
                reader.i64(),
                reader.i64(),
                reader.i64(),
                reader.i64(),
                reader.i64(),
                reader.i64(),
                reader.i64());
    }
}
