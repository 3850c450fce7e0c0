package dev.jarvis.gateway.dialect.sse;

import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.sse.ReferenceParser.Dispatched;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventStreamReaderTest {
    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static List<Dispatched> dispatched(List<Event> events) {
        return events.stream()
                .filter(Event::hasData)
                .map(event ->
                        new Dispatched(event.name(), new String(event.data().toBytes(), UTF_8)))
                .toList();
    }

    /** Feeds, checks that no byte is lost, changed or doubled, and returns what a client would see. */
    private static List<Dispatched> lossless(byte[] stream, IntSupplier sizes) {
        Feeding.Fed fed = Feeding.feed(stream, sizes);
        List<Slice> raw = new ArrayList<>(fed.events().stream().map(Event::raw).toList());
        raw.add(fed.rest());
        assertThat(Feeding.joined(raw)).isEqualTo(stream);
        return dispatched(fed.events());
    }

    static Stream<String> lineEndings() {
        return Stream.of("\n", "\r\n", "\r", "mixed");
    }

    private static byte[] twoKilobytes(String ending) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 1_900; i++) {
            text.append(": ping\n");
            text.append(i % 3 == 0 ? "event: message\nid: " + i + "\n" : "");
            text.append("data: {\"n\":").append(i).append(",\"text\":\"zwölf 你好 😀\"}\n");
            text.append(i % 4 == 0 ? "data:second line\n" : "").append("\n");
        }
        text.append("data: [DONE]\n\n");
        if (!ending.equals("mixed")) {
            return bytes(text.toString().replace("\n", ending));
        }
        String[] endings = {"\n", "\r\n", "\r"};
        Random random = new Random(7);
        StringBuilder mixed = new StringBuilder();
        String[] lines = text.toString().split("\n", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            // An LF right after a CR would be one ending, so an empty line repeats the ending before it.
            mixed.append(lines[i]).append(lines[i].isEmpty() ? "\r\n" : endings[random.nextInt(3)]);
        }
        return bytes(mixed.toString());
    }

    @ParameterizedTest
    @MethodSource("lineEndings")
    void t2_everyCutGivesTheSameEvents(String ending) {
        byte[] stream = twoKilobytes(ending);
        List<Dispatched> expected = ReferenceParser.parse(stream);
        assertThat(expected).hasSizeGreaterThan(10);
        for (int cut = 1; cut < stream.length; cut++) {
            assertThat(lossless(stream, Feeding.cutAt(cut)))
                    .as("cut at %d", cut)
                    .isEqualTo(expected);
        }
        assertThat(lossless(stream, Feeding.every(1))).isEqualTo(expected);
    }

    static Stream<String> grammar() {
        return Stream.of(
                "t9: comment\n\n: OPENROUTER PROCESSING\n\ndata: a\n: inside\ndata: b\n\n:\n\ndata: c\n\n",
                "data:t10-without-space\n\ndata:  two spaces\n\ndata\n\ndata:\n\ndata: x\ndata\ndata: y\n\n",
                "event: t11\nid: 7\nretry: 10\ndata: 1\ndata: 2\ndata: 3\n\nid: only\n\nevent: none\n\ndata: last\n\n",
                "\uFEFFdata: t12\n\n",
                "\uFEFF: comment first\n\ndata: x\n\n",
                "\uFEFF\n\ndata: x\n\n",
                "\uFEFFevent: e\ndata: \uFEFFx\n\n",
                "\n\n\ndata: after blanks\n\n\n\n",
                "data: {\"t\":\"line\u2028separator\u2029next\u0085line\u000Bvt\u000Cff\"}\n\n",
                "dataset: no\ndat: no\nDATA: no\ndata : no\nevents: no\ndata: yes\n\n",
                "data: unfinished",
                "data: cut\n");
    }

    @ParameterizedTest
    @MethodSource("grammar")
    void t9To12_readsTheGrammarOfTheStandard(String stream) {
        List<Dispatched> expected = ReferenceParser.parse(bytes(stream));
        if (stream.startsWith("data: unfinished") || stream.startsWith("data: cut")) {
            expected = List.of();
        }
        for (String ending : List.of("\n", "\r\n", "\r")) {
            byte[] text = bytes(stream.replace("\n", ending));
            assertThat(lossless(text, Feeding.whole())).isEqualTo(expected);
            assertThat(lossless(text, Feeding.every(1))).isEqualTo(expected);
            assertThat(lossless(text, Feeding.every(2))).isEqualTo(expected);
        }
    }

    @Test
    void agreesWithTheReferenceOnRandomStreams() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] pieces = {
            "data:", "data", " ", ":", "event:", "id: 1", "x", "é", "\u2028", "\n", "\r", "\r\n", "\n\n", "\uFEFF"
        };
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] stream = bytes(text.append("data: z\n\n").toString());
            assertThat(lossless(stream, Feeding.random(random.nextLong())))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(ReferenceParser.parse(stream));
        }
    }

    @Test
    void carriageReturnEndsAnEventAtOnce() {
        EventStreamReader reader = new EventStreamReader();
        List<Event> events = new ArrayList<>();
        byte[] stream = bytes("data: a\r\n\r");
        reader.feed(stream, 0, stream.length, events::add);
        assertThat(dispatched(events)).containsExactly(new Dispatched("", "a"));
        assertThat(events.getFirst().isLineFeed()).isFalse();
        assertThat(reader.isWithinEvent()).isFalse();
        assertThat(reader.mayGetLineFeed()).isTrue();
        reader.feed(bytes("\n"), 0, 1, events::add);
        assertThat(events).hasSize(2);
        assertThat(events.getLast().isLineFeed()).isTrue();
        assertThat(events.getLast().raw().toBytes()).isEqualTo(bytes("\n"));
        assertThat(reader.mayGetLineFeed()).isFalse();
        assertThat(reader.rest().length()).isZero();
    }

    /** No byte waits for one that comes after it: what has come of whole events is handed over. */
    @ParameterizedTest
    @MethodSource("lineEndings")
    void t2_everyEventIsHandedOverWithItsLastByte(String ending) {
        byte[] stream = twoKilobytes(ending);
        for (int cut = 1; cut < stream.length; cut++) {
            Feeding.Fed whole = Feeding.feed(Arrays.copyOf(stream, cut), Feeding.whole());
            Feeding.Fed single = Feeding.feed(Arrays.copyOf(stream, cut), Feeding.every(1));
            assertThat(single.rest()).as("after %d bytes", cut).isEqualTo(whole.rest());
            assertThat(dispatched(single.events())).isEqualTo(dispatched(whole.events()));
        }
    }

    @Test
    void commentIsHandedOverWithoutWaitingForABlankLine() {
        EventStreamReader reader = new EventStreamReader();
        List<Event> events = new ArrayList<>();
        reader.feed(bytes(": ping\n"), 0, 7, events::add);
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.hasData()).isFalse());
    }

    @Test
    void eventWithinOneSliceIsAViewOfIt() {
        byte[] stream = bytes("data: a\n\ndata: b\n\n");
        List<Event> events = new ArrayList<>();
        new EventStreamReader().feed(stream, 0, stream.length, events::add);
        assertThat(events).hasSize(2).allSatisfy(event -> {
            assertThat(event.raw().array()).isSameAs(stream);
            assertThat(event.data().array()).isSameAs(stream);
        });
    }

    @ParameterizedTest
    @CsvSource({"4, 16384", "16, 65536", "31, 16384"})
    void t20_hugeEventComesOutIntact(int mebibytes, int slice) {
        byte[] event = hugeEvent(mebibytes << 20);
        List<Event> events = Feeding.feed(event, Feeding.every(slice)).events();
        assertThat(events).hasSize(1);
        Slice raw = events.getFirst().raw();
        assertThat(Arrays.equals(raw.array(), raw.offset(), raw.end(), event, 0, event.length))
                .isTrue();
        assertThat(events.getFirst().data().length()).isEqualTo(event.length - 8);
        // While it grows, the old array and the new one: at most three times the event.
        assertThat(raw.array().length).isLessThanOrEqualTo(event.length * 2);
    }

    @Test
    void t20_holdsNothingBackAfterAHugeEvent() {
        EventStreamReader reader = new EventStreamReader();
        List<Event> events = new ArrayList<>();
        Feeding.feed(reader, hugeEvent(4 << 20), Feeding.every(65_536), events);
        byte[] next = bytes("data: cut he");
        reader.feed(next, 0, next.length, events::add);
        assertThat(reader.rest().array().length).isLessThan(1024);
    }

    private static byte[] hugeEvent(int size) {
        byte[] event = new byte[size];
        Arrays.fill(event, (byte) 'x');
        System.arraycopy(bytes("data: "), 0, event, 0, 6);
        event[size - 1] = '\n';
        event[size - 2] = '\n';
        return event;
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "data: y\n"})
    void t21_endlessLineOrEventIsCutAtTheCap(String piece) {
        EventStreamReader reader = new EventStreamReader();
        byte[] slice = bytes(piece.repeat(65_536 / piece.length()));
        assertThatThrownBy(() -> {
                    for (int fed = 0; fed <= EventStreamReader.DEFAULT_EVENT_CAP; fed += slice.length) {
                        reader.feed(slice, 0, slice.length, event -> {});
                    }
                })
                .isInstanceOf(EventTooLargeException.class);
        assertThat(reader.rest().array().length).isLessThanOrEqualTo(EventStreamReader.DEFAULT_EVENT_CAP);
    }

    @Test
    void capIsOfOneEventAndNotOfTheStream() {
        EventStreamReader reader = new EventStreamReader(64);
        List<Event> events = new ArrayList<>();
        Feeding.feed(reader, bytes("data: some text\n\n".repeat(1_000)), Feeding.every(13), events);
        assertThat(events).hasSize(1_000);
        byte[] tooLarge = bytes("data: " + "x".repeat(60) + "\n\n");
        assertThatThrownBy(() -> reader.feed(tooLarge, 0, tooLarge.length, events::add))
                .isInstanceOf(EventTooLargeException.class);
    }
}
