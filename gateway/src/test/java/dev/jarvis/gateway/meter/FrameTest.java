package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.money.BudgetUnit;
import dev.jarvis.platform.money.CountedUnit;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.RateBand;
import dev.jarvis.platform.money.RateCard;
import dev.jarvis.platform.money.Rates;
import dev.jarvis.platform.money.TokenClass;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

class FrameTest {
    /** Written by the program that knew no teams and no budgets. */
    private static final String FIRST_VERSION_OPEN = """
            SlZVAWjgyrsAAADoAAAAAAGawAAAAHAAgAAAAAAAAAEABXJlcS0xAAAAAQAAAAAAAEAAgAAAAAAAAAEBAAAAAAAAQACAAAAAAAAA\
            CQAFbW9kZWwAAAAAAABAAIAAAAAAAAACAAhwcm92aWRlcgEAAAAAAABAAIAAAAAAAAADAQAEOTg3NgAOdXBzdHJlYW0tbW9kZWwA\
            BGNoYXQBAAAAAAAAA+gAAAAAAAAE6AEAAAAAAAAB9AEAAAAAAAAABwADVVNEAgAFaW5wdXQAAAAAstBeAAAGb3V0cHV0AAAAA34R\
            1gAAAAAAAA==\
            """;

    private static final String FIRST_VERSION_SETTLED = """
            SlZVAcOtaiwAAAG4AgAAAAGawAAAAHAAgAAAAAAAAAEABXJlcS0xAAAAAQAAAAAAAEAAgAAAAAAAAAEBAAAAAAAAQACAAAAAAAAA\
            CQAFbW9kZWwAAAAAAABAAIAAAAAAAAACAAhwcm92aWRlcgEAAAAAAABAAIAAAAAAAAADAQAEOTg3NgAOdXBzdHJlYW0tbW9kZWwA\
            BGNoYXQBAAAAAAAAA+gAAAAAAAAE6AEAAAAAAAAB9AEAAAAAAAAABwADVVNEAgAFaW5wdXQAAAAAstBeAAAGb3V0cHV0AAAAA34R\
            1gAACWNvbXBsZXRlZAEAAADIAAEBAAAADAAAABEAAAAAAAABWQEABHVwLTEBAAhzZXJ2ZWQtMQAFZXhhY3QAAAAAAAAAZAAAAAAA\
            AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAUAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAJJ8AAAAAAAAkn\
            wAIABWlucHV0AAAAAAAAAGQAAAAAstBeAAAAAAAABJPgAAZvdXRwdXQAAAAAAAAAFAAAAAN+EdYAAAAAAAAEk+A=\
            """;

    @Test
    void anOpeningComesBackAsItWas() {
        OpenedAttempt opened = Samples.opened();

        Frame read = reread(Frame.open(opened, OpeningFormat.encode(opened)));

        assertThat(read.kind()).isEqualTo(Frame.Kind.OPEN);
        assertThat(read.attemptId()).isEqualTo(opened.attemptId());
        assertThat(read.opened()).isEqualTo(opened);
    }

    @Test
    void whatTheFirstVersionWroteIsStillRead() {
        Frame open = Objects.requireNonNull(Frame.whole(Base64.getDecoder().decode(FIRST_VERSION_OPEN), 0));
        Frame settled = Objects.requireNonNull(Frame.whole(Base64.getDecoder().decode(FIRST_VERSION_SETTLED), 0));

        assertThat(open.opened().requestId()).isEqualTo("req-1");
        assertThat(open.opened().teamId()).isEmpty();
        assertThat(open.opened().price()).contains(Samples.PRICE);
        assertThat(settled.settled().attempt()).isEqualTo(open.opened());
        assertThat(settled.settled().charge().userCostNano()).isEqualTo(600_000);
        assertThat(settled.settled().servedModel()).contains("served-1");
    }

    @Test
    void claimsComeBackAsTheyWere() {
        AttemptOpening plain = Samples.opening();
        BudgetClaim claim =
                new BudgetClaim(Uuid7.next(), BudgetClaim.NO_START, Uuid7.next(), BudgetUnit.CNY, 7_100_000_000L);
        OpenedAttempt opened = OpenedAttempt.of(new AttemptOpening(
                plain.attemptId(),
                plain.requestId(),
                1,
                plain.caller(),
                plain.model(),
                plain.key(),
                "chat",
                false,
                "flex",
                10,
                OptionalLong.empty(),
                List.of(claim, claim)));

        assertThat(reread(Frame.open(opened, OpeningFormat.encode(opened))).opened())
                .isEqualTo(opened);
    }

    @Test
    void aPriceComesBackWithAllItsBands() {
        OpenedAttempt opened = OpenedAttempt.of(
                Samples.opening(Uuid7.next(), Samples.model("model", Optional.of(everyClass()), false)));
        Served served = new Served(Optional.empty(), Optional.of("flex"), Map.of(CountedUnit.SEARCHES, 3L));
        UsageRecord record = UsageRecord.of(
                opened,
                new Settlement(
                        Outcome.COMPLETED,
                        OptionalInt.of(200),
                        Optional.empty(),
                        Optional.of(TokenUsage.of(9, 1)),
                        Delivered.NOTHING,
                        true,
                        OptionalInt.empty(),
                        1,
                        Optional.empty(),
                        served),
                5);

        Frame read = reread(Frame.settled(OpeningFormat.encode(opened), record));

        assertThat(read.settled()).isEqualTo(record);
        assertThat(read.settled().attempt().price()).contains(everyClass());
        assertThat(read.settled().charge().units()).containsEntry(CountedUnit.SEARCHES, 3L);
    }

    /** Prices of records in a row are read from each other's bytes. */
    @Test
    void recordsWithOtherPricesThanTheOneBeforeKeepTheirOwn() {
        Recurring before = new Recurring();
        List<Optional<Price>> inARow = List.of(
                Optional.of(Price.of(1, Currency.USD, 10, 20)),
                Optional.of(Price.of(1, Currency.USD, 10, 20)),
                Optional.of(Price.of(2, Currency.USD, 10, 20)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(everyClass()),
                Optional.of(Price.of(1, Currency.CNY, 10, 20)));
        for (Optional<Price> price : inARow) {
            OpenedAttempt opened =
                    OpenedAttempt.of(Samples.opening(Uuid7.next(), Samples.model("model", price, false)));
            UsageRecord record = UsageRecord.of(
                    opened, Samples.ended(Outcome.COMPLETED, Optional.empty(), new Delivered(1, 9, 3)), 17);

            assertThat(reread(Frame.settled(OpeningFormat.encode(opened), record))
                            .settled(before))
                    .isEqualTo(record);
        }
    }

    /** A price without a number in the journal could not be written at all. */
    @Test
    void everyClassAndUnitHasANumberOfItsOwn() {
        OpenedAttempt opened = OpenedAttempt.of(
                Samples.opening(Uuid7.next(), Samples.model("model", Optional.of(everyClass()), false)));

        assertThat(OpeningFormat.encode(opened).length).isLessThan(400 + PriceFormat.MAX);
    }

    @Test
    void aSettlementComesBackWithoutItsOpening() {
        OpenedAttempt opened = Samples.opened();
        for (Outcome outcome : Outcome.values()) {
            UsageRecord record =
                    UsageRecord.of(opened, Samples.ended(outcome, Optional.empty(), new Delivered(1, 9, 3)), 17);

            Frame read = reread(Frame.settled(OpeningFormat.encode(opened), record));

            assertThat(read.settled()).isEqualTo(record);
        }
    }

    @Test
    void progressComesBackAsItWas() {
        Progress progress = new Progress(new Delivered(1, 2, 3), 4);

        assertThat(reread(Frame.progress(Uuid7.next(), progress)).progress()).isEqualTo(progress);
    }

    @Test
    void theLargestRecordFitsTheRoomThatIsReservedForIt() {
        String hostile = "\u0000字".repeat(5_000);
        AttemptOpening opening = Samples.opening(Uuid7.next(), Samples.model(hostile, Optional.of(everyClass()), true));
        OpenedAttempt opened = OpenedAttempt.of(opening);
        byte[] section = OpeningFormat.encode(opened);
        Settlement settlement = new Settlement(
                Outcome.CLIENT_GONE,
                OptionalInt.of(200),
                Optional.of(hostile),
                Optional.of(new TokenUsage(1, 2, 3, 4, 5, 6, 7, 8, 9)),
                Delivered.NOTHING,
                true,
                OptionalInt.of(1),
                Long.MAX_VALUE,
                Optional.of(hostile),
                new Served(Optional.of(hostile), Optional.of("a".repeat(RateBand.MAX_TIER_LENGTH)), everyUnit(7)));

        Frame frame = Frame.settled(section, UsageRecord.of(opened, settlement, 1));

        assertThat(frame.length()).isLessThanOrEqualTo(Frame.settledAtMost(section));
        assertThat(Frame.settledAtMost(section)).isLessThanOrEqualTo(Frame.MAX_LENGTH);
        assertThat(frame.settled().servedModel().orElseThrow())
                .startsWith("\ufffd字")
                .doesNotContain("\u0000");
    }

    @Test
    void everyFlippedBitIsNoticed() {
        OpenedAttempt opened = Samples.opened();
        byte[] whole = Frame.open(opened, OpeningFormat.encode(opened)).bytes();
        for (int bit = 4 * 8; bit < whole.length * 8; bit++) {
            byte[] torn = whole.clone();
            torn[bit / 8] ^= (byte) (1 << (bit % 8));

            assertThat(Frame.whole(torn, 0)).as("bit %d", bit).isNull();
        }
    }

    private static Price everyClass() {
        Map<TokenClass, Long> rates = new EnumMap<>(TokenClass.class);
        for (TokenClass tokenClass : TokenClass.values()) {
            rates.put(tokenClass, 1_000_000_000L + tokenClass.ordinal());
        }
        List<RateBand> bands = new ArrayList<>(List.of(new RateBand(RateBand.STANDARD, 0, new Rates(rates))));
        while (bands.size() < RateCard.MAX_BANDS) {
            bands.add(new RateBand("a".repeat(RateBand.MAX_TIER_LENGTH), bands.size(), new Rates(rates)));
        }
        return new Price(Long.MAX_VALUE, new RateCard(Currency.CNY, bands, everyUnit(1)));
    }

    private static Map<CountedUnit, Long> everyUnit(long each) {
        Map<CountedUnit, Long> units = new EnumMap<>(CountedUnit.class);
        for (CountedUnit unit : CountedUnit.values()) {
            units.put(unit, each);
        }
        return units;
    }

    private static Frame reread(Frame frame) {
        return Objects.requireNonNull(Frame.whole(frame.bytes().clone(), 0));
    }
}
