package dev.jarvis.gateway.meter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UsageJournalTest {
    @TempDir
    Path folder;

    @Test
    void whatManyThreadsAppendIsReplayedExactly() throws Exception {
        ConcurrentLinkedQueue<UUID> settled = new ConcurrentLinkedQueue<>();
        try (JournalDirectory directory = directory()) {
            UsageJournal journal = new UsageJournal(Samples.small(folder, Durability.WRITE, 1_000), List.of(), 0);
            SegmentPreparation preparation = new SegmentPreparation(journal, directory, Samples.SMALL_SEGMENT);
            preparation.prepareFor(8 * Frame.MAX_LENGTH);
            JournalThread preparing = JournalThread.start("prepare", preparation::prepareWanted);
            journal.onSegmentWanted(preparing::wake);
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                List<Future<?>> running = new ArrayList<>();
                for (int thread = 0; thread < 4; thread++) {
                    running.add(threads.submit(() -> append(journal, settled)));
                }
                for (Future<?> one : running) {
                    one.get();
                }
            }
            preparing.close();
        }

        Map<UUID, Integer> replayed = new HashMap<>();
        for (Frame frame : replay()) {
            if (frame.kind() == Frame.Kind.SETTLED) {
                assertThat(frame.settled().attempt().attemptId()).isEqualTo(frame.attemptId());
                replayed.merge(frame.attemptId(), 1, Integer::sum);
            }
        }
        assertThat(replayed.keySet()).containsExactlyInAnyOrderElementsOf(settled);
        assertThat(replayed.values()).containsOnly(1);
        assertThat(settled).hasSize(4 * 500);
    }

    @Test
    void c13_aFullDiskRefusesAttemptsButEverySettlementFits() throws Exception {
        int open = 0;
        try (JournalDirectory directory = directory()) {
            UsageJournal journal = new UsageJournal(Samples.small(folder, Durability.WRITE, 4), List.of(), 0);
            new SegmentPreparation(journal, directory, Samples.SMALL_SEGMENT).prepareFor(20L * Frame.MAX_LENGTH);
            List<OpenedAttempt> attempts = new ArrayList<>();
            List<UsageJournal.Claim> claims = new ArrayList<>();
            while (journal.hasRoom()) {
                attempts.add(Samples.opened());
                claims.add(open(journal, attempts.getLast()));
                open++;
            }
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            open(journal, Samples.opened());
                        }
                    })
                    .isInstanceOf(Meter.NotAdmittingException.class);

            for (int i = 0; i < open; i++) {
                journal.settle(longestSettlement(attempts.get(i)), claims.get(i));
            }
        }

        assertThat(open).isGreaterThan(50);
        assertThat(replay().stream().filter(frame -> frame.kind() == Frame.Kind.SETTLED))
                .hasSize(open);
    }

    @Test
    void c13_aTornTailIsNoticedAndTheRestIsKept() throws Exception {
        List<Frame> whole = new ArrayList<>();
        try (JournalDirectory directory = directory()) {
            UsageJournal journal = new UsageJournal(Samples.small(folder, Durability.WRITE, 4), List.of(), 0);
            new SegmentPreparation(journal, directory, Samples.SMALL_SEGMENT).prepareFor(1);
            for (int i = 0; i < 3; i++) {
                OpenedAttempt attempt = Samples.opened();
                whole.add(Frame.open(attempt, OpeningFormat.encode(attempt)));
                journal.settleInterrupted(whole.getLast());
            }
        }
        int last = whole.get(2).length();
        int end = Segment.HEADER + whole.stream().mapToInt(Frame::length).sum();
        // What a record ends with may be zeros by itself: the cut has to reach beyond them.
        for (int cut = 4 * Frame.ALIGNMENT + 1; cut < last; cut += 37) {
            zero(end - cut, cut);
            assertThat(replay()).hasSize(2);
        }
    }

    @Test
    void aPageThatAPowerCutTookHidesOnlyItsOwnRecords() throws Exception {
        List<UUID> ids = new ArrayList<>();
        try (JournalDirectory directory = directory()) {
            UsageJournal journal = new UsageJournal(Samples.small(folder, Durability.WRITE, 4), List.of(), 0);
            new SegmentPreparation(journal, directory, Samples.SMALL_SEGMENT).prepareFor(4 * Frame.MAX_LENGTH);
            for (int i = 0; i < 60; i++) {
                OpenedAttempt attempt = Samples.opened();
                ids.add(attempt.attemptId());
                journal.settleInterrupted(Frame.open(attempt, OpeningFormat.encode(attempt)));
            }
        }
        zero(4096, 4096);

        List<UUID> kept = replay().stream().map(Frame::attemptId).toList();
        assertThat(ids).containsSubsequence(kept);
        assertThat(kept).startsWith(ids.getFirst()).endsWith(ids.getLast()).hasSizeBetween(40, 55);
    }

    @Test
    void aSecondProcessIsRefusedTheDirectory() throws Exception {
        try (JournalDirectory first = directory()) {
            assertThatThrownBy(this::directory).isInstanceOf(IOException.class).hasMessageContaining("another process");
            assertThat(first.node()).isNotNull();
        }
    }

    @Test
    void theNodeKeepsItsIdAndHalfMadeFilesAreRemoved() throws Exception {
        UUID node;
        try (JournalDirectory first = directory()) {
            node = first.node();
        }
        Path halfMade = Files.writeString(folder.resolve("usage-0000000000000009.journal.new"), "half");
        try (JournalDirectory second = directory()) {
            assertThat(second.node()).isEqualTo(node);
            assertThat(second.existing()).isEmpty();
        }
        assertThat(halfMade).doesNotExist();
    }

    @Test
    void aSegmentThatServedIsUsedAgainAndWhatItHeldIsNoRecordAnyMore() throws Exception {
        OpenedAttempt earlier = Samples.opened();
        OpenedAttempt later = Samples.opened();
        try (JournalDirectory directory = directory()) {
            Segment first = directory.create(1, Samples.SMALL_SEGMENT);
            for (int i = 0; i < 50; i++) {
                first.append(Frame.open(earlier, OpeningFormat.encode(earlier)));
            }
            directory.retire(first, true);
            Segment second = directory.create(2, Samples.SMALL_SEGMENT);
            assertThat(journalFiles()).containsExactly("usage-0000000000000002.journal");
            second.append(Frame.open(later, OpeningFormat.encode(later)));
            assertThat(second.next(Segment.HEADER))
                    .extracting(Segment.Found::end)
                    .isEqualTo(second.written());
        }

        assertThat(replay()).extracting(Frame::attemptId).containsExactly(later.attemptId());
    }

    @Test
    void aSegmentIsKeptForAnotherUseOnlyWhereThereIsRoomForIt() throws Exception {
        try (JournalDirectory directory = directory()) {
            directory.retire(directory.create(1, Samples.SMALL_SEGMENT), false);
            assertThat(journalFiles()).isEmpty();
            directory.retire(directory.create(2, Samples.SMALL_SEGMENT), true);
            directory.retire(directory.createFromReserve(3, Samples.SMALL_SEGMENT), true);
            assertThat(journalFiles()).containsExactly("usage-0000000000000003.journal.new");
        }
        assertThat(journalFiles()).isEmpty();
        try (JournalDirectory directory = JournalDirectory.lock(folder, Long.MAX_VALUE / 2)) {
            directory.retire(directory.createFromReserve(1, Samples.SMALL_SEGMENT), true);
            assertThat(journalFiles()).isEmpty();
        }
    }

    private List<String> journalFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("usage-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aSegmentFromBeforeSealsIsStillRead() throws Exception {
        OpenedAttempt attempt = Samples.opened();
        Frame frame = Frame.open(attempt, OpeningFormat.encode(attempt));
        byte[] segment = new byte[Samples.SMALL_SEGMENT];
        byte[] header = "JarvisJ2".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(header, 0, segment, 0, header.length);
        segment[15] = 7;
        System.arraycopy(frame.bytes(), 0, segment, Segment.HEADER, frame.length());
        Files.write(folder.resolve("usage-0000000000000007.journal"), segment);

        assertThat(replay()).extracting(Frame::attemptId).containsExactly(attempt.attemptId());
    }

    @Test
    void aSegmentOfAnotherVersionStopsTheStart() throws Exception {
        Files.write(folder.resolve("usage-0000000000000001.journal"), new byte[Samples.SMALL_SEGMENT]);
        try (JournalDirectory directory = directory()) {
            assertThatThrownBy(directory::existing).isInstanceOf(Segment.UnreadableSegmentException.class);
        }
    }

    @Test
    void aDiskWithTooLittleLeftIsNotFilled() throws Exception {
        try (JournalDirectory directory = JournalDirectory.lock(folder, Long.MAX_VALUE / 2)) {
            assertThatThrownBy(() -> directory.create(1, Samples.SMALL_SEGMENT)).isInstanceOf(IOException.class);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().contains("usage-"))).isEmpty();
        }
    }

    private static void append(UsageJournal journal, ConcurrentLinkedQueue<UUID> settled) {
        for (int i = 0; i < 500; ) {
            OpenedAttempt attempt = Samples.opened();
            UsageJournal.Claim claim;
            try {
                claim = open(journal, attempt);
            } catch (Meter.NotAdmittingException e) {
                Thread.onSpinWait();
                continue;
            }
            journal.note(Frame.progress(attempt.attemptId(), Progress.NONE));
            journal.settle(longestSettlement(attempt), claim);
            settled.add(attempt.attemptId());
            i++;
        }
    }

    private static UsageJournal.Claim open(UsageJournal journal, OpenedAttempt attempt) {
        byte[] section = OpeningFormat.encode(attempt);
        return journal.open(Frame.open(attempt, section), Frame.settledAtMost(section));
    }

    private static Frame longestSettlement(OpenedAttempt attempt) {
        Settlement settlement = Samples.completed(11, 22);
        return Frame.settled(OpeningFormat.encode(attempt), UsageRecord.of(attempt, settlement, 5));
    }

    private JournalDirectory directory() throws IOException {
        return JournalDirectory.lock(folder, 0);
    }

    private List<Frame> replay() throws IOException {
        List<Frame> frames = new ArrayList<>();
        try (JournalDirectory directory = directory()) {
            for (Segment segment : directory.existing()) {
                for (Segment.Found found = segment.next(Segment.HEADER);
                        found != null;
                        found = segment.next(found.end())) {
                    frames.add(found.frame());
                }
            }
        }
        return frames;
    }

    private void zero(int from, int bytes) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path first = files.filter(file -> file.toString().endsWith(".journal"))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            try (RandomAccessFile file = new RandomAccessFile(first.toFile(), "rw")) {
                file.seek(from);
                file.write(new byte[bytes]);
            }
        }
    }
}
